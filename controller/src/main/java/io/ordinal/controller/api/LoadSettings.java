package io.ordinal.controller.api;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * How much is worked on at once and may wait, part of {@code ordinal.api}.
 *
 * @param reads gets, lists and beginnings of watches
 */
record LoadSettings(Bounds reads, Bounds writes) {
  /**
   * Of one sort of requests.
   *
   * @param most that are worked on at once
   * @param large of these that may have large bodies
   * @param waiting that may wait; more are told to come back
   * @param patience how long they wait
   * @param turnPatience how long a change of an object holds up the next one
   */
  record Bounds(int most, int large, int waiting, Duration patience, Duration turnPatience) {}

  private static final Section OURS = new Section("ordinal.api");

  LoadSettings {
    OURS.positive("reads-in-flight", reads.most());
    OURS.positive("reads-waiting", reads.waiting());
    OURS.positive("writes-in-flight", writes.most());
    OURS.positive("writes-waiting", writes.waiting());
    OURS.positive("large-in-flight", writes.large());
    OURS.positive("wait-patience", writes.patience());
    OURS.positive("turn-patience", writes.turnPatience());
  }

  /**
   * @param config of {@code ordinal.api}
   */
  static LoadSettings from(Config config) {
    int reads = config.getInt("reads-in-flight");
    return new LoadSettings(
        bounds(config, reads, reads, config.getInt("reads-waiting")),
        bounds(
            config,
            config.getInt("writes-in-flight"),
            config.getInt("large-in-flight"),
            config.getInt("writes-waiting")));
  }

  private static Bounds bounds(Config config, int most, int large, int waiting) {
    Duration patience = config.getDuration("wait-patience");
    return new Bounds(most, large, waiting, patience, config.getDuration("turn-patience"));
  }
}
