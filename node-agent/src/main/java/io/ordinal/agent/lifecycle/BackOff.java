package io.ordinal.agent.lifecycle;

import java.time.Duration;

/**
 * How long to wait before trying again: not at all after the first failure in a row, then {@code
 * first}, doubling up to {@code most}.
 *
 * @param forgetAfter a run that lasted so long makes the failures before it forgotten
 */
public record BackOff(Duration first, Duration most, Duration forgetAfter) {
  private static final int MOST_DOUBLINGS = 20; // Keeps the multiplication from overflowing.

  public BackOff {
    if (first.isNegative() || first.isZero()) {
      throw new IllegalArgumentException("back-off must begin above zero, got " + first);
    }
    if (most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off of at most " + most + " is below its beginning " + first);
    }
  }

  /** The pause after so many failures in a row. */
  Duration pauseAfter(int failures) {
    if (failures < 1) throw new IllegalArgumentException("failures count from 1, got " + failures);
    if (failures == 1) return Duration.ZERO;
    Duration pause = first.multipliedBy(1L << Math.min(failures - 2, MOST_DOUBLINGS));
    return pause.compareTo(most) < 0 ? pause : most;
  }

  /** Failures in a row, counting one more that came after a run of this length. */
  int failuresAfter(int before, Duration ran) {
    return ran.compareTo(forgetAfter) >= 0 ? 1 : before + 1;
  }
}
