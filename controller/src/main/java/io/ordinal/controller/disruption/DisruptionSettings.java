package io.ordinal.controller.disruption;

import com.typesafe.config.Config;
import io.ordinal.controller.upkeep.UpkeepSettings;
import java.time.Duration;

/**
 * The part {@code ordinal.disruption} of the settings.
 *
 * @param patience how long a granted eviction counts when its pod does not leave
 * @param orderPatience how long an eviction waits for a replica of the same ordered set that is not
 *     available
 */
public record DisruptionSettings(UpkeepSettings upkeep, Duration patience, Duration orderPatience) {
  /**
   * @param config the whole configuration
   */
  public static DisruptionSettings from(Config config) {
    Config disruption = config.getConfig("ordinal.disruption");
    return new DisruptionSettings(
        UpkeepSettings.from("ordinal.disruption", disruption),
        disruption.getDuration("eviction-patience"),
        disruption.getDuration("order-patience"));
  }
}
