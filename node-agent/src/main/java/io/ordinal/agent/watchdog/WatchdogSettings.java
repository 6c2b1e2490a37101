package io.ordinal.agent.watchdog;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the watchdog, {@code ordinal.agent.watchdog} and {@code watchdog-feed}; see
 * reference.conf.
 *
 * @param kind none, systemd, or the path of a device
 */
public record WatchdogSettings(String kind, Duration feed) {
  private static final String KEY = "ordinal.agent.watchdog";
  static final String NONE = "none";
  static final String SYSTEMD = "systemd";

  public WatchdogSettings {
    boolean known = kind.equals(NONE) || kind.equals(SYSTEMD) || Path.of(kind).isAbsolute();
    if (!known) {
      throw new IllegalArgumentException(
          KEY + ": expected none, systemd or the path of a device, found '" + kind + "'");
    }
    if (feed.isNegative() || feed.isZero()) {
      throw new IllegalArgumentException(KEY + "-feed must be above zero, got " + feed);
    }
  }

  /** Reads them from the whole configuration. */
  public static WatchdogSettings from(Config root) {
    return new WatchdogSettings(root.getString(KEY), root.getDuration(KEY + "-feed"));
  }

  Optional<Path> device() {
    boolean named = kind.equals(NONE) || kind.equals(SYSTEMD);
    return named ? Optional.empty() : Optional.of(Path.of(kind));
  }
}
