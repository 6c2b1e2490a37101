package io.ordinal.controller.set;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
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
  private static final Section OURS = new Section("ordinal.sets");

  public SetSettings {
    OURS.positive("resync", resync);
    OURS.positive("retry-first", retryFirst);
    OURS.positive("retake-after", retakeAfter);
    OURS.positive("step-patience", stepPatience);
    OURS.atMost("retry-first", retryFirst, "retry-most", retryMost);
    OURS.positive("steps-at-once", stepsAtOnce);
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
