package io.ordinal.cli;

import io.ordinal.member.MemberPlace;
import io.ordinal.member.directory.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that every command about a local cluster has. */
final class DataDirOption {
  private static final Path INSTALLED = Path.of("/var/lib/ordinal");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "where the member keeps everything (default: $ORDINAL_DATA_DIR; where Ordinal is installed"
              + " for the machine /var/lib/ordinal; else $HOME/.ordinal)")
  private Path path;

  /** What the option says, if it was given. */
  Optional<Path> given() {
    return Optional.ofNullable(path).map(each -> each.toAbsolutePath().normalize());
  }

  /**
   * Of a member with this configuration; null for the directory's own.
   *
   * @throws IllegalArgumentException when the option says another directory than the file
   */
  DataDirectory directory(Path configuration) {
    if (configuration == null) return directory();
    DataDirectory said = MemberPlace.directoryOf(configuration);
    if (given().isPresent() && !given().get().equals(said.path())) {
      throw new IllegalArgumentException(
          configuration
              + " comes to ordinal.member.data-directory = "
              + said.path()
              + ", not --data-dir; change it there");
    }
    return said;
  }

  /** The option as the next command needs it: empty where that would find the directory anyway. */
  String again(DataDirectory directory) {
    return directory.path().equals(usual().toAbsolutePath())
        ? ""
        : " --data-dir " + directory.path();
  }

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
    return Path.of(System.getProperty("user.home"), ".ordinal"); // The launcher sets it to $HOME.
  }
}
