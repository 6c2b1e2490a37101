package io.ordinal.agent.exec;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of {@code ordinal.agent.streams}; see reference.conf.
 *
 * @param window bytes that may be on their way on each channel
 * @param piece bytes sent at once, at most
 */
public record StreamSettings(
    int most,
    int window,
    int piece,
    Duration beat,
    Duration silence,
    Duration beginPatience,
    Duration drain,
    Duration connect,
    Duration look) {
  private static final String ROOT = "ordinal.agent.streams";

  public StreamSettings {
    if (most < 1) throw new IllegalArgumentException(ROOT + ".most must be positive, got " + most);
    if (piece < 1 || piece > window) {
      throw new IllegalArgumentException(
          ROOT + ".piece (" + piece + ") must be positive and at most window (" + window + ")");
    }
    if (beat.multipliedBy(2).compareTo(silence) > 0) {
      throw new IllegalArgumentException(
          ROOT + ".silence (" + silence + ") must be at least twice beat (" + beat + ")");
    }
  }

  /** Reads them from the whole configuration. */
  public static StreamSettings from(Config root) {
    Config own = root.getConfig(ROOT);
    return new StreamSettings(
        own.getInt("most"),
        Math.toIntExact(own.getBytes("window")),
        Math.toIntExact(own.getBytes("piece")),
        own.getDuration("beat"),
        own.getDuration("silence"),
        own.getDuration("begin-patience"),
        own.getDuration("drain"),
        own.getDuration("connect"),
        own.getDuration("look"));
  }
}
