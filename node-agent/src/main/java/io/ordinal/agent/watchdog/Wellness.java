package io.ordinal.agent.watchdog;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether this machine has ended in time what had to end. May be asked from any thread. */
public final class Wellness {
  private final Supplier<Duration> upTime;
  private volatile Optional<Duration> deadBy = Optional.empty();

  /**
   * @param upTime since the machine was started
   */
  public Wellness(Supplier<Duration> upTime) {
    this.upTime = upTime;
  }

  /** The lease is over: every fenced process must be known to be dead within so long. */
  public void mustEnd(Duration within) {
    if (deadBy.isEmpty()) deadBy = Optional.of(upTime.get().plus(within));
  }

  /** They are. */
  public void ended() {
    deadBy = Optional.empty();
  }

  boolean well() {
    return deadBy.map(by -> upTime.get().compareTo(by) < 0).orElse(true);
  }
}
