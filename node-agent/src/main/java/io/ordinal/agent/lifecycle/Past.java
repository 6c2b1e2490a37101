package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated;
import java.util.Optional;

/**
 * What a container brings along from run to run.
 *
 * @param attempt number of the run that is next, starting, running or last; 0 for the first
 * @param crashes exits in a row since a run that lasted
 * @param refusals failed starts in a row
 * @param last how the run before ended
 */
public record Past(int attempt, int crashes, int refusals, Optional<Terminated> last) {
  /** Before the first run. */
  public static final Past NONE = new Past(0, 0, 0, Optional.empty());

  Past refused() {
    return new Past(attempt, crashes, refusals + 1, last);
  }

  Past started() {
    return new Past(attempt, crashes, 0, last);
  }

  Past ended(Exit exit, BackOff backOff) {
    return new Past(
        attempt, backOff.failuresAfter(crashes, exit.ran()), 0, Optional.of(exit.asTerminated()));
  }

  Past again() {
    return new Past(attempt + 1, crashes, 0, last);
  }

  /** With the crashes of earlier runs forgotten. */
  Past forgiven() {
    return new Past(attempt, 0, refusals, last);
  }

  /** The run that was next will not be. */
  Past withdrawn() {
    return new Past(Math.max(0, attempt - 1), crashes, refusals, last);
  }

  /** How often the container was started again. */
  int restartsBeforeThisRun() {
    return Math.max(0, attempt - 1);
  }
}
