package io.ordinal.cli;

import io.ordinal.cli.drain.HttpNodeApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal uncordon}: opens a node again. */
@Command(
    name = "uncordon",
    description = "Let a node take new pods again.",
    mixinStandardHelpOptions = true)
final class UncordonCommand implements Callable<Integer> {
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NODE", description = "its name in: kubectl get nodes")
  private String node;

  @Override
  public Integer call() throws Exception {
    HttpNodeApi api = new HttpNodeApi(LocalCluster.of(data.directory()).api());
    boolean changed = api.cordon(node, false, false);
    spec.commandLine()
        .getOut()
        .println("node/" + node + (changed ? " uncordoned" : " already uncordoned"));
    return 0;
  }
}
