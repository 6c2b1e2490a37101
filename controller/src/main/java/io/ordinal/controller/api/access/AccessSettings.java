package io.ordinal.controller.api.access;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of {@code ordinal.api.access}.
 *
 * @param pause between two looks at roles and accounts while they change
 * @param resync how often they are looked at although nothing said that there is news
 * @param longestToken how long a token may hold at most
 * @param adminToken whether the administrator's token is believed
 */
public record AccessSettings(
    Duration pause, Duration resync, Duration longestToken, boolean adminToken) {
  private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(10);

  public AccessSettings {
    if (pause.isNegative() || pause.compareTo(resync) > 0) {
      throw new IllegalArgumentException(
          "ordinal.api.access.pause must be from 0 to resync (" + resync + "), got " + pause);
    }
    if (longestToken.compareTo(SHORTEST_TOKEN) < 0) {
      throw new IllegalArgumentException(
          "ordinal.api.access.longest-token must be at least "
              + SHORTEST_TOKEN
              + ", got "
              + longestToken);
    }
  }

  /**
   * @param config of {@code ordinal.api.access}
   */
  public static AccessSettings from(Config config) {
    return new AccessSettings(
        config.getDuration("pause"),
        config.getDuration("resync"),
        config.getDuration("longest-token"),
        config.getBoolean("admin-token"));
  }
}
