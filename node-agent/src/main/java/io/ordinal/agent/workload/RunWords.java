package io.ordinal.agent.workload;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.lifecycle.Exit;
import io.ordinal.agent.lifecycle.FoundRun;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Optional;

/** Says in the lifecycle's words what the driver said in its own, and the other way round. */
public final class RunWords {
  private RunWords() {}

  public static FoundRun found(ContainerRun run, RunStatus status) {
    if (status instanceof RunStatus.Exited exited) {
      return new FoundRun(
          run.container(), run.attempt(), exited.startedAt(), Optional.of(exit(exited)));
    }
    RunStatus.Running running = (RunStatus.Running) status;
    return new FoundRun(run.container(), run.attempt(), running.startedAt(), Optional.empty());
  }

  static Exit exit(RunStatus.Exited exited) {
    return new Exit(
        exited.exitCode(),
        exited.startedAt(),
        exited.finishedAt(),
        exited.byDeadline(),
        exited.beforeBoot(),
        exited.told());
  }

  /** Stands for a whole life where a run is asked for; container names are never empty. */
  public static ContainerRun anyRun(ReplicaId replica, Incarnation incarnation) {
    return new ContainerRun(replica, incarnation, "any", 0);
  }
}
