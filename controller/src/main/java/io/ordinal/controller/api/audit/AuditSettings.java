package io.ordinal.controller.api.audit;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of {@code ordinal.api.audit}.
 *
 * @param file where the events go; empty for nowhere
 * @param mostBytes of the file, after which a new one is begun
 * @param kept how many former files are kept
 * @param waiting how many events may wait to be written
 * @param closePatience how long the end waits for them
 */
public record AuditSettings(
    Optional<Path> file, long mostBytes, int kept, int waiting, Duration closePatience) {
  public AuditSettings {
    if (file.isPresent() && !file.get().isAbsolute()) {
      throw new IllegalArgumentException(
          "ordinal.api.audit.file must be an absolute path, or empty; got " + file.get());
    }
    if (mostBytes < 1 || kept < 0 || waiting < 1) {
      throw new IllegalArgumentException(
          "ordinal.api.audit.most-bytes and waiting must be positive and kept-files not negative,"
              + " got %d, %d and %d".formatted(mostBytes, waiting, kept));
    }
  }

  /**
   * @param config of {@code ordinal.api.audit}
   */
  public static AuditSettings from(Config config) {
    String file = config.getString("file");
    return new AuditSettings(
        file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)),
        config.getBytes("most-bytes"),
        config.getInt("kept-files"),
        config.getInt("waiting"),
        config.getDuration("close-patience"));
  }
}
