package io.ordinal.controller.api.read;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;

/**
 * Settings of {@code ordinal.api.past}: how far back a list may go.
 *
 * @param changes of the kind since then
 * @param bytes of former documents that are held for one list
 */
public record PastSettings(int changes, long bytes) {
  private static final Section OURS = new Section("ordinal.api.past");

  public PastSettings {
    OURS.positive("changes", changes);
    OURS.positive("bytes", bytes);
  }

  /**
   * @param config of {@code ordinal.api.past}
   */
  public static PastSettings from(Config config) {
    return new PastSettings(config.getInt("changes"), config.getBytes("bytes"));
  }
}
