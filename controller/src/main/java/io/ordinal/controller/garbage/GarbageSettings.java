package io.ordinal.controller.garbage;

import com.typesafe.config.Config;
import io.ordinal.controller.upkeep.UpkeepSettings;
import java.time.Duration;

/** The part {@code ordinal.garbage} of the settings. */
public record GarbageSettings(
    Duration resync, Duration retry, Duration tellAfter, int stepsAtOnce, Duration accountPause) {
  public GarbageSettings {
    if (retry.isNegative() || retry.isZero()) {
      throw new IllegalArgumentException("ordinal.garbage.retry must be positive, is " + retry);
    }
    if (retry.compareTo(resync) > 0) {
      throw new IllegalArgumentException(
          "ordinal.garbage.retry (%s) must not exceed resync (%s)".formatted(retry, resync));
    }
    if (accountPause.isNegative() || accountPause.compareTo(resync) > 0) {
      throw new IllegalArgumentException(
          "ordinal.garbage.account-pause must be from 0 to resync (%s), is %s"
              .formatted(resync, accountPause));
    }
    if (stepsAtOnce < 1) {
      throw new IllegalArgumentException(
          "ordinal.garbage.steps-at-once counts from 1, got " + stepsAtOnce);
    }
  }

  /** How often namespaces are looked at for their accounts. */
  UpkeepSettings accounts() {
    return new UpkeepSettings("ordinal.garbage", resync, accountPause, retry, stepsAtOnce);
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
        garbage.getDuration("account-pause"));
  }
}
