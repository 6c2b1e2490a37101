package io.ordinal.controller.set;

import com.typesafe.config.Config;
import java.time.Duration;

/** The part {@code ordinal.sets} of the settings. */
public record SetSettings(
    Duration resync,
    Duration retryFirst,
    Duration retryMost,
    Duration retakeAfter,
    Duration replaceBrokenAfter,
    int stepsAtOnce,
    Duration stepPatience) {
  public SetSettings {
    positive("resync", resync);
    positive("retry-first", retryFirst);
    positive("retake-after", retakeAfter);
    positive("step-patience", stepPatience);
    if (retryFirst.compareTo(retryMost) > 0) {
      throw new IllegalArgumentException(
          "ordinal.sets.retry-first (%s) must not exceed retry-most (%s)"
              .formatted(retryFirst, retryMost));
    }
    if (stepsAtOnce < 1) {
      throw new IllegalArgumentException(
          "ordinal.sets.steps-at-once counts from 1, got " + stepsAtOnce);
    }
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("ordinal.sets." + key + " must be positive, is " + value);
    }
  }

  /**
   * @param config the whole configuration
   */
  public static SetSettings from(Config config) {
    Config sets = config.getConfig("ordinal.sets");
    return new SetSettings(
        sets.getDuration("resync"),
        sets.getDuration("retry-first"),
        sets.getDuration("retry-most"),
        sets.getDuration("retake-after"),
        sets.getDuration("replace-broken-after"),
        sets.getInt("steps-at-once"),
        sets.getDuration("step-patience"));
  }
}
