package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ControllerReport;
import io.ordinal.cli.up.Health;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
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
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = data.directory();
    out.println("data directory  " + directory.path());
    var running = directory.member();
    if (running.isEmpty()) {
      out.println("member          not running");
      return 3;
    }
    ProcessHandle process = running.get().process();
    String since =
        process
            .info()
            .startInstant()
            .map(each -> ", up " + text(Duration.between(each, Instant.now())))
            .orElse("");
    out.println("member          pid " + process.pid() + since);
    MemberSettings settings = MemberSettings.load(directory.configuration());
    if (!settings.isController()) {
      out.println(
          "role            node; ask a controller about the cluster: "
              + LocalCluster.controllers(settings));
      return new Health(directory).isReady() ? 0 : 1;
    }
    LocalCluster cluster = LocalCluster.of(directory);
    out.println("api             " + cluster.api().server());
    out.println("kubeconfig      " + directory.kubeconfig());
    if (!cluster.api().ready()) {
      out.println("                does not serve; see " + directory.log());
      return 1;
    }
    controllers(cluster, out);
    nodes(cluster.api(), out);
    sets(cluster.api(), out);
    return 0;
  }

  private static void controllers(LocalCluster cluster, PrintWriter out)
      throws IOException, InterruptedException {
    ControllerReport.of(cluster.api(), cluster::apiAt).lines().stream()
        .skip(1)
        .forEach(line -> out.println("controller      " + line));
  }

  private static void nodes(ApiClient api, PrintWriter out)
      throws IOException, InterruptedException {
    for (JsonNode node : api.get("/api/v1/nodes").orElseThrow().path("items")) {
      String ready = "Unknown";
      for (JsonNode condition : node.path("status").path("conditions")) {
        if (condition.path("type").asString("").equals("Ready"))
          ready = condition.path("status").asString("");
      }
      out.println(
          "node            " + node.path("metadata").path("name").asString() + " ready=" + ready);
    }
  }

  private static void sets(ApiClient api, PrintWriter out)
      throws IOException, InterruptedException {
    for (JsonNode set : api.get("/apis/apps/v1/statefulsets").orElseThrow().path("items")) {
      JsonNode metadata = set.path("metadata");
      out.printf(
          "set             %s/%s %d/%d ready%n",
          metadata.path("namespace").asString(),
          metadata.path("name").asString(),
          set.path("status").path("readyReplicas").asInt(0),
          set.path("spec").path("replicas").asInt(0));
    }
  }

  private static String text(Duration up) {
    return up.toHours() > 0
        ? up.toHours() + "h" + up.toMinutesPart() + "m"
        : up.toMinutes() + "m" + up.toSecondsPart() + "s";
  }
}
