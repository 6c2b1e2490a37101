package io.ordinal.protocol.agent;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What either end of a stream goes by. Each end has its own; they need not be the same.
 *
 * @param window bytes that may be on their way to this end on each channel
 * @param piece bytes that this end sends at once, at most
 * @param beat how often this end says that it is there
 * @param silence how long the other end may say nothing before it counts as gone
 */
public record StreamTerms(int window, int piece, Duration beat, Duration silence) {

  /**
   * @param root where the settings stand, for people
   * @param settings what stands there
   */
  public static StreamTerms from(String root, Config settings) {
    StreamTerms terms =
        new StreamTerms(
            Math.toIntExact(settings.getBytes("window")),
            Math.toIntExact(settings.getBytes("piece")),
            settings.getDuration("beat"),
            settings.getDuration("silence"));
    terms.check(root);
    return terms;
  }

  private void check(String root) {
    if (piece < 1 || piece > window) {
      throw new IllegalArgumentException(
          root + ".piece (" + piece + ") must be positive and at most window (" + window + ")");
    }
    if (beat.multipliedBy(2).compareTo(silence) > 0) {
      throw new IllegalArgumentException(
          root + ".silence (" + silence + ") must be at least twice beat (" + beat + ")");
    }
  }
}
