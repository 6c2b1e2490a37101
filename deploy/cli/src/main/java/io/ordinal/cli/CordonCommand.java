package io.ordinal.cli;

import io.ordinal.cli.drain.HttpNodeApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal cordon}: closes a node for new pods. */
@Command(
    name = "cordon",
    description = "Close a node for new pods; those that it has go on.",
    mixinStandardHelpOptions = true)
final class CordonCommand implements Callable<Integer> {
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NODE", description = "its name in: kubectl get nodes")
  private String node;

  @Override
  public Integer call() throws Exception {
    HttpNodeApi api = new HttpNodeApi(LocalCluster.of(data.directory()).api());
    boolean changed = api.cordon(node, true, false);
    spec.commandLine()
        .getOut()
        .println("node/" + node + (changed ? " cordoned" : " already cordoned"));
    return 0;
  }
}
