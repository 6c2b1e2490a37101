package io.ordinal.cli;

import io.ordinal.member.directory.DataDirectory;
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

  DataDirectory directory() {
    return new DataDirectory(path);
  }
}
