package io.ordinal.controller.api.stream;

import com.typesafe.config.Config;
import io.ordinal.protocol.agent.StreamTerms;
import java.time.Duration;

/**
 * Settings of {@code ordinal.api.stream}; see reference.conf.
 *
 * @param most connections at once
 * @param forwards connections to ports that a client has open over one of its own
 * @param terms of streams with nodes
 */
public record StreamSettings(
    int most,
    int forwards,
    StreamTerms terms,
    Duration headStart,
    Duration terminalPatience,
    Duration setUpPatience,
    Duration farewell,
    Duration sizePause,
    Duration stall) {
  private static final String ROOT = "ordinal.api.stream";

  public StreamSettings {
    positive("most", most);
    positive("forwards", forwards);
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(ROOT + "." + key + " must be positive, got " + value);
    }
  }

  /**
   * @param config of {@code ordinal.api.stream}
   */
  public static StreamSettings from(Config config) {
    return new StreamSettings(
        config.getInt("most"),
        config.getInt("forwards"),
        StreamTerms.from(ROOT, config),
        config.getDuration("head-start"),
        config.getDuration("terminal-patience"),
        config.getDuration("set-up-patience"),
        config.getDuration("farewell"),
        config.getDuration("size-pause"),
        config.getDuration("stall"));
  }

  int window() {
    return terms.window();
  }
}
