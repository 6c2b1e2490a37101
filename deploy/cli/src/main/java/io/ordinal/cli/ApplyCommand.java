package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.cli.client.Apply;
import io.ordinal.cli.client.Manifests;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code ordinal apply}. */
@Command(
    name = "apply",
    description = {
      "Create objects, or change what their manifests changed since they were applied last:",
      "ordinal apply -f web.yaml. Understands what kubectl apply left, and the other way round."
    },
    mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "a manifest, a directory of them, or - for standard input; may be repeated")
  private List<String> files;

  @Option(
      names = "--dry-run",
      paramLabel = "server",
      arity = "0..1",
      fallbackValue = "server",
      description = "let the server check everything and change nothing")
  private DryRun dryRun;

  /** Who tries. */
  enum DryRun {
    SERVER
  }

  @Override
  public Integer call() throws Exception {
    List<ObjectNode> manifests = new ArrayList<>();
    for (String file : files) manifests.addAll(Manifests.read(file));
    Connection connection = cluster.open();
    Apply apply = new Apply(connection.api(), connection.namespace(), dryRun != null);
    PrintWriter out = spec.commandLine().getOut();
    int failures = 0;
    for (ObjectNode each : manifests) {
      try {
        out.println(apply.apply(each).line() + (dryRun == null ? "" : " (server dry run)"));
      } catch (ApiFailure refused) {
        spec.commandLine().getErr().println(refused.getMessage());
        failures++;
      }
    }
    out.flush();
    return failures == 0 ? 0 : 1;
  }
}
