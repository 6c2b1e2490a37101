package io.ordinal.cli;

import io.ordinal.member.directory.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command about a local cluster has. */
final class DataDirOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where the member keeps everything (default: $ORDINAL_DATA_DIR, or ~/.ordinal)",
      defaultValue = "${env:ORDINAL_DATA_DIR:-${env:HOME:-${sys:user.home}}/.ordinal}")
  private Path path;

  /**
   * @throws IllegalArgumentException when something else than a directory is there, or above it
   */
  DataDirectory directory() {
    DataDirectory directory = new DataDirectory(path);
    Path found = directory.path();
    while (!Files.exists(found) && found.getParent() != null) found = found.getParent();
    if (!Files.isDirectory(found)) {
      throw new IllegalArgumentException(
          found + " is not a directory; name another place with --data-dir");
    }
    return directory;
  }
}
