package io.ordinal.cli.drain;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a node is emptied, with the meaning that kubectl gives to these words.
 *
 * @param force also pods that nobody brings back
 * @param ignoreDaemonSets leaves pods that belong to every node, instead of refusing
 * @param deleteEmptyDirData also pods whose scratch directories go with them
 * @param leaveRest leaves what may not be evicted, instead of refusing: for a member that stops
 * @param graceSeconds empty for each pod's own
 * @param timeout empty for none
 */
public record DrainOptions(
    boolean force,
    boolean ignoreDaemonSets,
    boolean deleteEmptyDirData,
    boolean leaveRest,
    OptionalLong graceSeconds,
    Optional<Duration> timeout,
    String podSelector,
    boolean dryRun) {
  /** For a member that is to stop: what can move moves, the rest stays. */
  public static DrainOptions beforeStop(Duration timeout) {
    return new DrainOptions(
        false, true, true, true, OptionalLong.empty(), Optional.of(timeout), "", false);
  }
}
