package io.ordinal.controller.garbage;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import io.ordinal.controller.upkeep.UpkeepSettings;
import java.time.Duration;

/** The part {@code ordinal.garbage} of the settings. */
public record GarbageSettings(
    Duration resync, Duration retry, Duration tellAfter, int stepsAtOnce, Duration pause) {
  private static final Section OURS = new Section("ordinal.garbage");

  public GarbageSettings {
    OURS.positive("retry", retry);
    OURS.atMost("retry", retry, "resync", resync);
    if (pause.isNegative() || pause.compareTo(resync) > 0) {
      throw new IllegalArgumentException(
          "ordinal.garbage.pause must be from 0 to resync (%s), is %s".formatted(resync, pause));
    }
    OURS.positive("steps-at-once", stepsAtOnce);
  }

  /** How often namespaces are looked at for their accounts. */
  UpkeepSettings accounts() {
    return new UpkeepSettings(OURS, resync, pause, retry, stepsAtOnce);
  }

  /**
   * @param config the whole configuration
   */
  public static GarbageSettings from(Config config) {
    Config garbage = config.getConfig("ordinal.garbage");
    return new GarbageSettings(
        garbage.getDuration("resync"),
        garbage.getDuration("retry"),
        garbage.getDuration("tell-after"),
        garbage.getInt("steps-at-once"),
        garbage.getDuration("pause"));
  }
}
