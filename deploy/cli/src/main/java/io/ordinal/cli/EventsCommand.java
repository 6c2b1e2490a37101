package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.resource.EventRows;
import io.ordinal.cli.resource.ResourceType;
import io.ordinal.cli.resource.Target;
import io.ordinal.cli.resource.TextTable;
import io.ordinal.cli.resource.Watching;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ordinal events}. */
@Command(
    name = "events",
    description =
        "Show what happened, the newest last: ordinal events --for pod/web-0, ordinal events -w.",
    mixinStandardHelpOptions = true)
final class EventsCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Option(names = "--for", paramLabel = "KIND/NAME", description = "only what concerns this object")
  private String subject;

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "TYPE",
      description = "only these: Normal, Warning")
  private List<String> types = new ArrayList<>();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "of all namespaces")
  private boolean everywhere;

  @Option(
      names = {"-w", "--watch"},
      description = "go on with those that come")
  private boolean watch;

  @Override
  public Integer call() throws Exception {
    Connection connection = cluster.open();
    ResourceType events = connection.catalog().of("v1", "Event");
    String collection = events.collection(everywhere ? "" : connection.namespace());
    String query = query(connection);
    JsonNode list = connection.api().get(collection + "?" + query, "application/json");
    PrintWriter out = spec.commandLine().getOut();
    TextTable table = new TextTable();
    EventRows rows = new EventRows(everywhere, types);
    List<List<String>> lines = rows.of(list.path("items"), Instant.now());
    if (lines.isEmpty() && !watch) {
      spec.commandLine().getErr().println("No events found.");
      return 0;
    }
    lines.add(0, rows.head());
    table.lines(lines).forEach(out::println);
    out.flush();
    if (!watch) return 0;
    String revision = list.path("metadata").path("resourceVersion").asString("");
    try {
      Watching.forever(
          connection.api(),
          collection + "?watch=1&" + query,
          "application/json",
          revision,
          event -> {
            JsonNode object = event.path("object");
            boolean gone = event.path("type").asString("").equals("DELETED");
            if (!gone) table.lines(rows.one(object, Instant.now())).forEach(out::println);
            out.flush();
            return object.path("metadata").path("resourceVersion").asString("");
          });
    } catch (Watching.Ended ended) { // A broken connection; a refusal is a failure.
      ErrorLines.print(spec.commandLine(), ended.getMessage());
    }
    return 0;
  }

  private String query(Connection connection) throws IOException, InterruptedException {
    if (subject == null) return "";
    Target target = Target.read(connection.catalog(), List.of(subject)).get(0);
    String name = target.name().orElseThrow(() -> new IOException("--for expects KIND/NAME"));
    String fields = "involvedObject.kind=" + target.type().kind() + ",involvedObject.name=" + name;
    return "fieldSelector=" + URLEncoder.encode(fields, StandardCharsets.UTF_8);
  }
}
