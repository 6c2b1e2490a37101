package io.ordinal.controller.disruption;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The part {@code ordinal.disruption} of the settings.
 *
 * @param patience how long a granted eviction counts when its pod does not leave
 * @param orderPatience how long an eviction waits for a replica of the same ordered set that is not
 *     available
 */
public record DisruptionSettings(
    Duration resync, Duration pause, Duration retry, Duration patience, Duration orderPatience) {
  public DisruptionSettings {
    if (resync.isZero() || pause.isZero() || retry.isZero()) {
      throw new IllegalArgumentException(
          "ordinal.disruption.resync (%s), pause (%s) and retry (%s) must be positive"
              .formatted(resync, pause, retry));
    }
    if (pause.compareTo(resync) > 0 || retry.compareTo(resync) > 0) {
      throw new IllegalArgumentException(
          "ordinal.disruption.pause (%s) and retry (%s) must not exceed resync (%s)"
              .formatted(pause, retry, resync));
    }
  }

  /**
   * @param config the whole configuration
   */
  public static DisruptionSettings from(Config config) {
    Config disruption = config.getConfig("ordinal.disruption");
    return new DisruptionSettings(
        disruption.getDuration("resync"),
        disruption.getDuration("pause"),
        disruption.getDuration("retry"),
        disruption.getDuration("eviction-patience"),
        disruption.getDuration("order-patience"));
  }
}
