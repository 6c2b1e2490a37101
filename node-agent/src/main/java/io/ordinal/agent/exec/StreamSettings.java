package io.ordinal.agent.exec;

import com.typesafe.config.Config;
import io.ordinal.protocol.agent.StreamTerms;
import java.time.Duration;

/**
 * Settings of {@code ordinal.agent.streams}; see reference.conf.
 *
 * @param most streams at once
 * @param terms of streams with controllers
 */
public record StreamSettings(
    int most,
    StreamTerms terms,
    Duration beginPatience,
    Duration drain,
    Duration connect,
    Duration look) {
  private static final String ROOT = "ordinal.agent.streams";

  public StreamSettings {
    if (most < 1) throw new IllegalArgumentException(ROOT + ".most must be positive, got " + most);
  }

  /** Reads them from the whole configuration. */
  public static StreamSettings from(Config root) {
    Config own = root.getConfig(ROOT);
    return new StreamSettings(
        own.getInt("most"),
        StreamTerms.from(ROOT, own),
        own.getDuration("begin-patience"),
        own.getDuration("drain"),
        own.getDuration("connect"),
        own.getDuration("look"));
  }
}
