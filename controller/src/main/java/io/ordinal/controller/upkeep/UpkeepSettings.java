package io.ordinal.controller.upkeep;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * How often a chore is done; a part of its own section of the settings.
 *
 * @param section that it is a part of
 * @param resync everything is looked at this often
 * @param pause changes within it share a look
 * @param retry before another look after the store failed
 * @param writesAtOnce at the same time
 */
public record UpkeepSettings(
    Section section, Duration resync, Duration pause, Duration retry, int writesAtOnce) {
  public UpkeepSettings {
    section.positive("resync", resync);
    section.positive("retry", retry);
    section.positive("writes-at-once", writesAtOnce);
    section.atMost("pause", pause, "resync", resync);
    section.atMost("retry", retry, "resync", resync);
    if (pause.isNegative()) {
      throw new IllegalArgumentException(
          "%s.pause must not be negative, is %s".formatted(section.name(), pause));
    }
  }

  /**
   * @param name of the section
   */
  public static UpkeepSettings from(String name, Config values) {
    return new UpkeepSettings(
        new Section(name),
        values.getDuration("resync"),
        values.getDuration("pause"),
        values.getDuration("retry"),
        values.getInt("writes-at-once"));
  }
}
