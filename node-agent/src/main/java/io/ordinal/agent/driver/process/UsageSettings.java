package io.ordinal.agent.driver.process;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of {@code ordinal.agent.usage}.
 *
 * @param least window over which processor time is counted
 * @param most age of what was counted before that a window may begin at
 */
public record UsageSettings(Duration least, Duration most) {
  public UsageSettings {
    if (least.isNegative() || least.isZero() || least.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "ordinal.agent.usage.window (%s) must be above zero and not exceed window-most (%s)"
              .formatted(least, most));
    }
  }

  /**
   * @param config the whole configuration
   */
  public static UsageSettings from(Config config) {
    Config usage = config.getConfig("ordinal.agent.usage");
    return new UsageSettings(usage.getDuration("window"), usage.getDuration("window-most"));
  }
}
