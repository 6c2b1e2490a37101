package io.ordinal.controller.volume;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import io.ordinal.controller.upkeep.UpkeepSettings;
import java.time.Duration;

/**
 * {@code ordinal.volumes}.
 *
 * @param tell how often people are told again what a claim without a volume waits for
 * @param defaultClass empty for none
 */
public record VolumeSettings(
    Duration reclaim, Duration remind, Duration tell, String defaultClass) {
  private static final Section OURS = new Section("ordinal.volumes");

  public VolumeSettings {
    OURS.positive("reclaim", reclaim);
    OURS.atMost("reclaim", reclaim, "tell", tell);
    if (remind.compareTo(reclaim) < 0) {
      throw new IllegalArgumentException(
          "ordinal.volumes.remind (" + remind + ") must not be below reclaim (" + reclaim + ")");
    }
  }

  /** How waiting claims are looked at: new ones as soon as deleted ones. */
  UpkeepSettings telling() {
    return new UpkeepSettings(OURS, tell, reclaim, reclaim, 1);
  }

  /**
   * @param volumes the section {@code ordinal.volumes}
   */
  public static VolumeSettings from(Config volumes) {
    return new VolumeSettings(
        volumes.getDuration("reclaim"),
        volumes.getDuration("remind"),
        volumes.getDuration("tell"),
        volumes.getString("default-class"));
  }
}
