package io.ordinal.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Being a user without any right: nobody when the tests run as root, otherwise who runs them. */
final class Unprivileged {
  private static final String NOBODY = "65534";
  private static final String ARCHIVE = ".jsa";

  private Unprivileged() {}

  /** The words before a command that make it run as that user. */
  static List<String> words() {
    if (!root()) return List.of();
    return List.of(
        "setpriv",
        "--reuid=" + NOBODY,
        "--regid=" + NOBODY,
        "--clear-groups",
        "--inh-caps=-all",
        "--no-new-privs");
  }

  /**
   * Lays an installation out below the directory, which that user may read but not write, and gives
   * the directory itself to the user.
   *
   * @return the command {@code ordinal} of the installation
   */
  static Path install(Path deploy, Path directory) {
    Path installed = directory.resolve("ordinal");
    try {
      Files.createDirectory(installed);
      for (String part : List.of("bin", "images", "examples")) {
        copy(deploy.resolve(part), installed.resolve(part));
      }
      copy(deploy.resolve("cli/target/lib"), installed.resolve("lib"));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (root()) {
      List<String> give = List.of("chown", NOBODY + ":" + NOBODY, directory.toString());
      Shell.run(Map.of(), Duration.ofSeconds(5), "", give).ok();
    }
    return installed.resolve("bin/ordinal");
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Without the archive of classes, which is of use only where it was made. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(ARCHIVE)) continue;
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
