package io.ordinal.controller.api.log;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of {@code ordinal.api.log}.
 *
 * @param pieceBytes most that is read from an agent at once
 * @param patience how long an agent may wait for new output before it answers
 */
public record LogSettings(int pieceBytes, Duration patience) {
  public LogSettings {
    if (pieceBytes < 1024) {
      throw new IllegalArgumentException(
          "ordinal.api.log.piece must be at least 1 KiB, got " + pieceBytes);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(
          "ordinal.api.log.patience must be positive, got " + patience);
    }
  }

  /**
   * @param config of {@code ordinal.api.log}
   */
  public static LogSettings from(Config config) {
    return new LogSettings(
        Math.toIntExact(config.getBytes("piece")), config.getDuration("patience"));
  }
}
