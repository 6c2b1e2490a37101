package io.ordinal.controller.api.write;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * Limits of writes, part of {@code ordinal.api}.
 *
 * @param objectLimitBytes of an object as it is stored
 * @param attempts how often a write is tried when others are faster
 * @param deletePatience how long the answer to a pod's deletion waits for the pod to be gone
 * @param deletesAtOnce of a collection
 */
public record WriteSettings(
    long objectLimitBytes, int attempts, Duration deletePatience, int deletesAtOnce) {
  private static final Section OURS = new Section("ordinal.api");

  public WriteSettings {
    OURS.positive("object-limit", objectLimitBytes);
    OURS.positive("write-attempts", attempts);
    OURS.positive("deletes-at-once", deletesAtOnce);
    if (deletePatience.isNegative()) {
      throw new IllegalArgumentException(
          "ordinal.api.delete-patience must not be negative, got " + deletePatience);
    }
  }

  /**
   * @param config of {@code ordinal.api}
   */
  public static WriteSettings from(Config config) {
    return new WriteSettings(
        config.getBytes("object-limit"),
        config.getInt("write-attempts"),
        config.getDuration("delete-patience"),
        config.getInt("deletes-at-once"));
  }
}
