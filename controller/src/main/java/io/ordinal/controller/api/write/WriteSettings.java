package io.ordinal.controller.api.write;

/**
 * Limits of writes, part of {@code ordinal.api}.
 *
 * @param objectLimitBytes of an object as it is stored
 * @param attempts how often a write is tried when others are faster
 */
public record WriteSettings(long objectLimitBytes, int attempts) {
  public WriteSettings {
    if (objectLimitBytes < 1) {
      throw new IllegalArgumentException(
          "ordinal.api.object-limit must be positive, got " + objectLimitBytes);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "ordinal.api.write-attempts must be positive, got " + attempts);
    }
  }
}
