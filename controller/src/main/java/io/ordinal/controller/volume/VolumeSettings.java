package io.ordinal.controller.volume;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * {@code ordinal.volumes}.
 *
 * @param defaultClass empty for none
 */
public record VolumeSettings(Duration reclaim, Duration remind, String defaultClass) {
  private static final Section OURS = new Section("ordinal.volumes");

  public VolumeSettings {
    OURS.positive("reclaim", reclaim);
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
