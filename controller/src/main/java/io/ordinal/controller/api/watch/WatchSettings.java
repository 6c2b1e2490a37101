package io.ordinal.controller.api.watch;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/** Settings of {@code ordinal.api.watch}. */
public record WatchSettings(
    int buffer,
    int recentChanges,
    int pageChanges,
    long mostBytes,
    long missedBytes,
    Duration resync,
    Duration bookmarkEvery,
    Duration shortest,
    Duration longest) {
  private static final Section OURS = new Section("ordinal.api.watch");

  public WatchSettings {
    OURS.positive("buffer", buffer);
    OURS.positive("recent-changes", recentChanges);
    OURS.positive("page-changes", pageChanges);
    OURS.positive("most-bytes", mostBytes);
    OURS.positive("missed-bytes", missedBytes);
    OURS.positive("resync", resync);
    OURS.positive("bookmark-every", bookmarkEvery);
    OURS.positive("shortest", shortest);
    OURS.atMost("shortest", shortest, "longest", longest);
  }

  /**
   * @param config of {@code ordinal.api.watch}
   */
  public static WatchSettings from(Config config) {
    return new WatchSettings(
        config.getInt("buffer"),
        config.getInt("recent-changes"),
        config.getInt("page-changes"),
        config.getBytes("most-bytes"),
        config.getBytes("missed-bytes"),
        config.getDuration("resync"),
        config.getDuration("bookmark-every"),
        config.getDuration("shortest"),
        config.getDuration("longest"));
  }
}
