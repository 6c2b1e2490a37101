package io.ordinal.controller.api.stream;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of {@code ordinal.api.stream}; see reference.conf.
 *
 * @param most connections at once
 * @param window bytes that may be on their way from a node on each channel
 * @param piece bytes sent to a node at once, at most
 */
public record StreamSettings(
    int most,
    int window,
    int piece,
    Duration beat,
    Duration silence,
    Duration headStart,
    Duration terminalPatience,
    Duration setUpPatience,
    Duration farewell,
    Duration sizePause,
    Duration stall) {
  private static final String ROOT = "ordinal.api.stream";

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

  /**
   * @param config of {@code ordinal.api.stream}
   */
  public static StreamSettings from(Config config) {
    return new StreamSettings(
        config.getInt("most"),
        Math.toIntExact(config.getBytes("window")),
        Math.toIntExact(config.getBytes("piece")),
        config.getDuration("beat"),
        config.getDuration("silence"),
        config.getDuration("head-start"),
        config.getDuration("terminal-patience"),
        config.getDuration("set-up-patience"),
        config.getDuration("farewell"),
        config.getDuration("size-pause"),
        config.getDuration("stall"));
  }
}
