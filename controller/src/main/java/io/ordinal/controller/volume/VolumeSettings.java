package io.ordinal.controller.volume;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code ordinal.volumes}.
 *
 * @param defaultClass empty for none
 */
public record VolumeSettings(Duration reclaim, Duration remind, String defaultClass) {
  public VolumeSettings {
    if (reclaim.isZero() || reclaim.isNegative()) {
      throw new IllegalArgumentException(
          "ordinal.volumes.reclaim must be positive, found " + reclaim);
    }
    if (remind.compareTo(reclaim) < 0) {
      throw new IllegalArgumentException(
          "ordinal.volumes.remind (" + remind + ") must not be below reclaim (" + reclaim + ")");
    }
  }

  /**
   * @param volumes the section {@code ordinal.volumes}
   */
  public static VolumeSettings from(Config volumes) {
    return new VolumeSettings(
        volumes.getDuration("reclaim"),
        volumes.getDuration("remind"),
        volumes.getString("default-class"));
  }
}
