package io.ordinal.cli;

import io.ordinal.cli.drain.HttpNodeApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Closes or opens a node for new pods. */
abstract class SchedulingCommand implements Callable<Integer> {
  private final boolean closes;
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NODE", description = "its name in: kubectl get nodes")
  private String node;

  SchedulingCommand(boolean closes) {
    this.closes = closes;
  }

  @Override
  public final Integer call() throws Exception {
    HttpNodeApi api = new HttpNodeApi(LocalCluster.of(data.directory()).api());
    boolean changed = api.cordon(node, closes, false);
    String now = closes ? "cordoned" : "uncordoned";
    spec.commandLine().getOut().println("node/" + node + (changed ? " " : " already ") + now);
    return 0;
  }
}
