package io.ordinal.cli;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;

/** Durations as people write them: 30s, 10m, 12h, 7d. */
final class Durations {
  private Durations() {}

  /**
   * @throws IllegalArgumentException when it is none
   */
  static Duration parse(String text) {
    try {
      return ConfigFactory.empty()
          .withValue("given", ConfigValueFactory.fromAnyRef(text))
          .getDuration("given");
    } catch (ConfigException wrong) {
      throw new IllegalArgumentException(
          "expected a duration such as 30m, 12h or 7d, found '" + text + "'", wrong);
    }
  }
}
