package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.resource.Target;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code ordinal scale}. */
@Command(
    name = "scale",
    description = "Set how many replicas a set has: ordinal scale sts/web --replicas=5.",
    mixinStandardHelpOptions = true)
final class ScaleCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "SET", description = "KIND NAME..., or KIND/NAME...")
  private List<String> what;

  @Option(names = "--replicas", required = true, paramLabel = "N", description = "how many")
  private int replicas;

  @Option(
      names = "--current-replicas",
      paramLabel = "N",
      defaultValue = "-1",
      description = "only if it asks for so many now")
  private int current;

  @Override
  public Integer call() throws Exception {
    Connection connection = cluster.open();
    for (Target each : Target.read(connection.catalog(), what)) {
      if (each.name().isEmpty()) throw new IOException("expected a name after " + what.get(0));
      if (!each.type().subresources().contains("scale")) {
        throw new IOException(each.type().plural() + " cannot be scaled; statefulsets can");
      }
      String path = each.path(connection.namespace()) + "/scale";
      ObjectNode scale = connection.api().get(path, "application/json");
      int found = scale.path("spec").path("replicas").asInt(0);
      if (current >= 0 && found != current) {
        throw new IOException(
            "expected " + each.shown() + " to ask for " + current + " replicas, found " + found);
      }
      if (current < 0) scale.withObjectProperty("metadata").remove("resourceVersion");
      scale.withObjectProperty("spec").put("replicas", replicas);
      connection.api().put(path, scale);
      spec.commandLine().getOut().println(each.shown() + " scaled");
    }
    return 0;
  }
}
