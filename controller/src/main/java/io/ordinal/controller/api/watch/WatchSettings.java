package io.ordinal.controller.api.watch;

import com.typesafe.config.Config;
import java.time.Duration;

/** Settings of {@code ordinal.api.watch}. */
public record WatchSettings(
    int buffer,
    int recentChanges,
    int pageChanges,
    Duration resync,
    Duration bookmarkEvery,
    Duration shortest,
    Duration longest) {
  public WatchSettings {
    positive("buffer", buffer);
    positive("recent-changes", recentChanges);
    positive("page-changes", pageChanges);
    if (resync.isZero() || bookmarkEvery.isZero() || shortest.isZero()) {
      throw new IllegalArgumentException(
          "ordinal.api.watch.resync (%s), bookmark-every (%s) and shortest (%s) must be positive"
              .formatted(resync, bookmarkEvery, shortest));
    }
    if (shortest.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "ordinal.api.watch.shortest ("
              + shortest
              + ") must not exceed longest ("
              + longest
              + ")");
    }
  }

  /**
   * @param config of {@code ordinal.api.watch}
   */
  public static WatchSettings from(Config config) {
    return new WatchSettings(
        config.getInt("buffer"),
        config.getInt("recent-changes"),
        config.getInt("page-changes"),
        config.getDuration("resync"),
        config.getDuration("bookmark-every"),
        config.getDuration("shortest"),
        config.getDuration("longest"));
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "ordinal.api.watch." + key + " must be positive, got " + value);
    }
  }
}
