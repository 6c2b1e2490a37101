package io.ordinal.agent.driver;

import java.time.Instant;
import java.util.OptionalInt;

/** What is known of a run. */
public sealed interface RunStatus {
  /**
   * @param pid of the container's first process as the machine counts; the same after the agent was
   *     restarted
   */
  record Running(long pid, Instant startedAt) implements RunStatus {}

  /**
   * No process of the run exists any more, grandchildren included.
   *
   * @param exitCode as a shell counts (128 + signal); empty when it could not be learnt
   * @param byDeadline the launcher ended it because the node's lease had run out
   * @param beforeBoot the machine was started anew since
   * @param told it was to end with everything that runs here, whatever its code says
   */
  record Exited(
      OptionalInt exitCode,
      Instant startedAt,
      Instant finishedAt,
      boolean byDeadline,
      boolean beforeBoot,
      boolean told)
      implements RunStatus {}
}
