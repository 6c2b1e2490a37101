package io.ordinal.agent.host;

import io.ordinal.agent.workload.Lease;
import java.time.Duration;
import java.util.Optional;

/** The lease as workloads see it: holds only up to a deadline that the launchers were told too. */
public final class HeldLease implements Lease {
  private final UpTime upTime;
  private volatile Optional<Duration> deadline = Optional.empty();

  public HeldLease(UpTime upTime) {
    this.upTime = upTime;
  }

  @Override
  public boolean holds() {
    return deadline.map(until -> upTime.now().compareTo(until) < 0).orElse(false);
  }

  void holdUntil(Duration until) {
    deadline = Optional.of(until);
  }

  void drop() {
    deadline = Optional.empty();
  }
}
