package io.ordinal.agent.watchdog;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
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
  private static final String PERIOD = "WATCHDOG_USEC";

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

  /**
   * The same, where systemd tells this service to feed it, often enough.
   *
   * @param environment of this JVM, where systemd says how long it waits
   */
  public WatchdogSettings under(Map<String, String> environment) {
    if (!kind.equals(SYSTEMD)) return this;
    String said = environment.get(PERIOD);
    if (said == null) {
      throw new IllegalArgumentException(
          KEY + " is systemd, but its unit has no WatchdogSec= (see watchdog.conf)");
    }
    Duration period = Duration.of(Long.parseLong(said), ChronoUnit.MICROS);
    if (period.compareTo(feed.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          KEY + "-feed (" + feed + ") must be at most half of the unit's WatchdogSec, " + period);
    }
    return this;
  }

  Optional<Path> device() {
    boolean named = kind.equals(NONE) || kind.equals(SYSTEMD);
    return named ? Optional.empty() : Optional.of(Path.of(kind));
  }
}
