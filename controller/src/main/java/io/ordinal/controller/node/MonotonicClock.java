package io.ordinal.controller.node;

import java.time.Duration;

/**
 * Time passed since some fixed moment, on a clock that nobody sets: leases must not lapse because
 * the date was corrected.
 */
@FunctionalInterface
public interface MonotonicClock {
  Duration elapsed();
}
