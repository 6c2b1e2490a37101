package io.ordinal.controller.api.write;

import java.time.Duration;

/**
 * Limits of writes, part of {@code ordinal.api}.
 *
 * @param objectLimitBytes of an object as it is stored
 * @param attempts how often a write is tried when others are faster
 * @param deletePatience how long the answer to a pod's deletion waits for the pod to be gone
 */
public record WriteSettings(long objectLimitBytes, int attempts, Duration deletePatience) {
  public WriteSettings {
    if (objectLimitBytes < 1) {
      throw new IllegalArgumentException(
          "ordinal.api.object-limit must be positive, got " + objectLimitBytes);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "ordinal.api.write-attempts must be positive, got " + attempts);
    }
    if (deletePatience.isNegative()) {
      throw new IllegalArgumentException(
          "ordinal.api.delete-patience must not be negative, got " + deletePatience);
    }
  }
}
