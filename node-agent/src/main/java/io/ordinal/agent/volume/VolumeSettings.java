package io.ordinal.agent.volume;

import com.typesafe.config.Config;
import java.time.Duration;

/** Settings of volumes, {@code ordinal.agent.volume}; see reference.conf. */
public record VolumeSettings(
    Duration hookTimeout,
    Duration hookGrace,
    int hookOutputBytes,
    Duration leavePatience,
    int rememberedLives) {
  private static final String ROOT = "ordinal.agent.volume";

  public VolumeSettings {
    if (hookTimeout.isNegative() || hookTimeout.isZero()) {
      throw new IllegalArgumentException(
          ROOT + ".hook-timeout must be above zero, got " + hookTimeout);
    }
    if (hookGrace.isNegative()) {
      throw new IllegalArgumentException(
          ROOT + ".hook-grace must not be negative, got " + hookGrace);
    }
    if (rememberedLives < 1) {
      throw new IllegalArgumentException(
          ROOT + ".remembered-lives must be positive, got " + rememberedLives);
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
        own.getDuration("hook-grace"),
        Math.toIntExact(own.getBytes("hook-output")),
        own.getDuration("leave-patience"),
        own.getInt("remembered-lives"));
  }
}
