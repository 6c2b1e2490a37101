package io.ordinal.agent.boot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day as it was at the start, moved on by a clock that nobody sets: back-off and probes
 * do not notice when the machine's time is corrected.
 */
final class SteadyClock implements InstantSource {
  private final Instant origin;
  private final LongSupplier nanoTime;
  private final long startedAtNanos;

  SteadyClock(InstantSource day, LongSupplier nanoTime) {
    this.origin = day.instant();
    this.nanoTime = nanoTime;
    this.startedAtNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    return origin.plus(Duration.ofNanos(nanoTime.getAsLong() - startedAtNanos));
  }
}
