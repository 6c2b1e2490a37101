package io.ordinal.controller.volume;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code ordinal.volumes}.
 *
 * @param defaultClass empty for none
 */
public record VolumeSettings(Duration reclaim, String defaultClass) {
  public VolumeSettings {
    if (reclaim.isZero() || reclaim.isNegative()) {
      throw new IllegalArgumentException(
          "ordinal.volumes.reclaim must be positive, found " + reclaim);
    }
  }

  /**
   * @param volumes the section {@code ordinal.volumes}
   */
  public static VolumeSettings from(Config volumes) {
    return new VolumeSettings(volumes.getDuration("reclaim"), volumes.getString("default-class"));
  }
}
