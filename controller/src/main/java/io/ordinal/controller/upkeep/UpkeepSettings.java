package io.ordinal.controller.upkeep;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How often a chore is done; a part of its own section of the settings.
 *
 * @param section that part, for messages
 * @param resync everything is looked at this often
 * @param pause changes within it share a look
 * @param retry before another look after the store failed
 * @param writesAtOnce at the same time
 */
public record UpkeepSettings(
    String section, Duration resync, Duration pause, Duration retry, int writesAtOnce) {
  public UpkeepSettings {
    if (!positive(resync) || !positive(retry) || pause.isNegative()) {
      throw new IllegalArgumentException(
          "%s.resync (%s) and retry (%s) must be positive, pause (%s) not negative"
              .formatted(section, resync, retry, pause));
    }
    if (pause.compareTo(resync) > 0 || retry.compareTo(resync) > 0) {
      throw new IllegalArgumentException(
          "%s.pause (%s) and retry (%s) must not exceed resync (%s)"
              .formatted(section, pause, retry, resync));
    }
    if (writesAtOnce < 1) {
      throw new IllegalArgumentException(
          section + ".writes-at-once counts from 1, got " + writesAtOnce);
    }
  }

  /**
   * @param values the section of that name
   */
  public static UpkeepSettings from(String section, Config values) {
    return new UpkeepSettings(
        section,
        values.getDuration("resync"),
        values.getDuration("pause"),
        values.getDuration("retry"),
        values.getInt("writes-at-once"));
  }

  private static boolean positive(Duration value) {
    return !value.isNegative() && !value.isZero();
  }
}
