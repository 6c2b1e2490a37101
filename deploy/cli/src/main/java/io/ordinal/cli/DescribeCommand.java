package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.describe.Describer;
import io.ordinal.cli.resource.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ordinal describe}. */
@Command(
    name = "describe",
    description = "Show everything about objects, with their events: ordinal describe pod web-0.",
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Mixin private SelectorOptions selectors;
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "WHAT", description = "KIND [NAME...], or KIND/NAME...")
  private List<String> what;

  @Override
  public Integer call() throws Exception {
    Connection connection = cluster.open();
    PrintWriter out = spec.commandLine().getOut();
    boolean first = true;
    for (Target target : named(connection)) {
      JsonNode object =
          connection.api().get(target.path(connection.namespace()), "application/json");
      if (!first) out.print("\n\n");
      first = false;
      new Describer(connection.api(), Instant.now()).lines(object).forEach(out::println);
    }
    out.flush();
    if (first) {
      String where = " in " + connection.namespace() + " namespace.";
      spec.commandLine().getErr().println("No resources found" + where);
    }
    return 0;
  }

  private List<Target> named(Connection connection) throws IOException, InterruptedException {
    List<Target> named = new ArrayList<>();
    for (Target each : Target.read(connection.catalog(), what)) {
      if (each.name().isPresent()) {
        named.add(each);
        continue;
      }
      String collection = each.type().collection(connection.namespace());
      JsonNode list = connection.api().get(collection + selectors.query(each), "application/json");
      for (JsonNode item : list.path("items")) {
        String name = item.path("metadata").path("name").asString("");
        named.add(new Target(each.type(), Optional.of(name)));
      }
    }
    return named;
  }
}
