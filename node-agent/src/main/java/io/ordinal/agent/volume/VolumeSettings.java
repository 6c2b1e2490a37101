package io.ordinal.agent.volume;

import com.typesafe.config.Config;
import java.time.Duration;

/** Settings of volumes, {@code ordinal.agent.volume}; see reference.conf. */
public record VolumeSettings(Duration hookTimeout, int hookOutputBytes, Duration leavePatience) {
  private static final String ROOT = "ordinal.agent.volume";

  public VolumeSettings {
    if (hookTimeout.isNegative() || hookTimeout.isZero()) {
      throw new IllegalArgumentException(
          ROOT + ".hook-timeout must be above zero, got " + hookTimeout);
    }
    if (hookOutputBytes < 1) {
      throw new IllegalArgumentException(
          ROOT + ".hook-output must be positive, got " + hookOutputBytes);
    }
  }

  /** Reads them from the whole configuration. */
  public static VolumeSettings from(Config root) {
    Config own = root.getConfig(ROOT);
    return new VolumeSettings(
        own.getDuration("hook-timeout"),
        Math.toIntExact(own.getBytes("hook-output")),
        own.getDuration("leave-patience"));
  }
}
