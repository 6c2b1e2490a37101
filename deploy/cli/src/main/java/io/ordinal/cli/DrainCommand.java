package io.ordinal.cli;

import io.ordinal.cli.drain.Drain;
import io.ordinal.cli.drain.DrainOptions;
import io.ordinal.cli.drain.HttpNodeApi;
import io.ordinal.cli.drain.KubectlDuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal drain}: empties a node, as {@code kubectl drain} does. */
@Command(
    name = "drain",
    description = {
      "Empty a node before maintenance: close it for new pods and evict those that it has, within disruption budgets.",
      "Replicas of an ordered set move one by one, the highest ordinal first.",
      "A replica whose volume is on the node's own disk waits Pending until the node is uncordoned.",
      "The node stays closed, also when the drain fails."
    },
    mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NODE", description = "its name in: kubectl get nodes")
  private String node;

  @Option(names = "--force", description = "also pods that no controller brings back")
  private boolean force;

  @Option(names = "--ignore-daemonsets", description = "leave pods that belong to every node")
  private boolean ignoreDaemonSets;

  @Option(
      names = {"--delete-emptydir-data", "--delete-local-data"},
      description = "also pods with an emptyDir, whose content goes with them")
  private boolean deleteEmptyDirData;

  @Option(
      names = "--grace-period",
      paramLabel = "SECONDS",
      defaultValue = "-1",
      description = "how long each pod may take to end; negative for its own")
  private long graceSeconds;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "0",
      converter = KubectlDuration.class,
      description = "give up after this, such as 90s or 5m; 0 never")
  private Duration timeout;

  @Option(
      names = "--pod-selector",
      paramLabel = "SELECTOR",
      defaultValue = "",
      description = "only pods with these labels")
  private String podSelector;

  @Option(names = "--dry-run", description = "only say what would go, and what would have to wait")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DrainOptions options =
        new DrainOptions(
            force,
            ignoreDaemonSets,
            deleteEmptyDirData,
            false,
            graceSeconds < 0 ? OptionalLong.empty() : OptionalLong.of(graceSeconds),
            timeout.isZero() ? Optional.empty() : Optional.of(timeout),
            podSelector,
            dryRun);
    HttpNodeApi api = new HttpNodeApi(LocalCluster.of(data.directory()).api());
    new Drain(api, line -> print(out, line)).run(node, options, false);
    return 0;
  }

  /** At once, for those who watch. */
  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
