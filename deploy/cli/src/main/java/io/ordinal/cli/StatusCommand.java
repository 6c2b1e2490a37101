package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ControllerReport;
import io.ordinal.cli.resource.TextTable;
import io.ordinal.cli.up.Health;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ordinal status}: what runs on a data directory. */
@Command(
    name = "status",
    description = {
      "Tell what runs. Exit code 0 when the member serves, 1 when it does not, 3 when it is not running."
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final String ONLY_HERE = " (loopback: only this machine reaches it)";

  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = data.directory();
    line(out, "data directory", directory.path());
    var running = directory.member();
    if (running.isEmpty()) {
      line(out, "member", "not running; ordinal up starts it");
      return 3;
    }
    ProcessHandle process = running.get().process();
    String since =
        process
            .info()
            .startInstant()
            .map(each -> ", up " + text(Duration.between(each, Instant.now())))
            .orElse("");
    line(out, "member", "running (pid " + process.pid() + since + ")");
    line(out, "log", directory.log());
    MemberSettings settings = MemberSettings.load(directory.configuration());
    line(out, "address", settings.address() + (settings.onLoopback() ? ONLY_HERE : ""));
    if (!settings.isController()) {
      String controllers = LocalCluster.controllers(settings);
      line(out, "role", "node; ask a controller about the cluster: " + controllers);
      return new Health(directory).isReady() ? 0 : 1;
    }
    LocalCluster cluster = LocalCluster.of(directory);
    line(out, "api", cluster.api().server());
    line(out, "kubeconfig", directory.kubeconfig());
    if (!cluster.api().ready()) {
      line(out, "", "the API does not serve; the log says why");
      return 1;
    }
    controllers(cluster, out);
    nodes(cluster.api(), out);
    sets(cluster.api(), out);
    return 0;
  }

  private static void line(PrintWriter out, String title, Object value) {
    out.printf("%-15s %s%n", title, value);
  }

  private static void controllers(LocalCluster cluster, PrintWriter out)
      throws IOException, InterruptedException {
    out.println();
    ControllerReport.of(cluster.api(), cluster::apiAt).lines("CONTROLLER").forEach(out::println);
  }

  private static void nodes(ApiClient api, PrintWriter out)
      throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>(List.of(List.of("NODE", "READY")));
    for (JsonNode node : items(api, "/api/v1/nodes")) {
      rows.add(List.of(node.path("metadata").path("name").asString(), standing(node)));
    }
    table(rows, out);
  }

  /** Whether it is ready, and what an administrator has said of it. */
  static String standing(JsonNode node) {
    String ready = "Unknown";
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready"))
        ready = condition.path("status").asString("");
    }
    boolean cordoned = node.path("spec").path("unschedulable").asBoolean(false);
    return cordoned ? ready + " (cordoned: takes no new pods)" : ready;
  }

  private static void sets(ApiClient api, PrintWriter out)
      throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>(List.of(List.of("NAMESPACE", "SET", "READY")));
    for (JsonNode set : items(api, "/apis/apps/v1/statefulsets")) {
      JsonNode metadata = set.path("metadata");
      int ready = set.path("status").path("readyReplicas").asInt(0);
      rows.add(
          List.of(
              metadata.path("namespace").asString(),
              metadata.path("name").asString(),
              ready + "/" + set.path("spec").path("replicas").asInt(0)));
    }
    table(rows, out);
  }

  private static JsonNode items(ApiClient api, String path)
      throws IOException, InterruptedException {
    return api.get(path).orElseThrow().path("items");
  }

  /** Nothing of a table that has a head only. */
  private static void table(List<List<String>> rows, PrintWriter out) {
    if (rows.size() == 1) return;
    out.println();
    new TextTable().lines(rows).forEach(out::println);
  }

  private static String text(Duration up) {
    return up.toHours() > 0
        ? up.toHours() + "h" + up.toMinutesPart() + "m"
        : up.toMinutes() + "m" + up.toSecondsPart() + "s";
  }
}
