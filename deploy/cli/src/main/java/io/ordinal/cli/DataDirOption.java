package io.ordinal.cli;

import io.ordinal.member.directory.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command about a local cluster has. */
final class DataDirOption {
  private static final Path INSTALLED = Path.of("/var/lib/ordinal");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "where the member keeps everything (default: $ORDINAL_DATA_DIR; where Ordinal is installed"
              + " for the machine /var/lib/ordinal; else ~/.ordinal)")
  private Path path;

  /**
   * @throws IllegalArgumentException when something else than a directory is there, or above it
   */
  DataDirectory directory() {
    DataDirectory directory = new DataDirectory(path == null ? usual() : path);
    Path found = directory.path();
    while (!Files.exists(found) && found.getParent() != null) found = found.getParent();
    if (!Files.isDirectory(found)) {
      throw new IllegalArgumentException(
          found + " is not a directory; name another place with --data-dir");
    }
    return directory;
  }

  private static Path usual() {
    String named = System.getenv("ORDINAL_DATA_DIR");
    if (named != null && !named.isBlank()) return Path.of(named);
    // Only those who may read it mean the machine's own member.
    if (Files.isReadable(INSTALLED.resolve("member.conf"))) return INSTALLED;
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    return Path.of(home, ".ordinal");
  }
}
