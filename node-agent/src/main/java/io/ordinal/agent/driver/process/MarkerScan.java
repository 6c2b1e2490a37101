package io.ordinal.agent.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds processes by what their environment carries, and by the file that those without namespaces
 * hold open: some programs, such as Redis, write their title over their environment.
 */
final class MarkerScan {
  private static final Path PROC = Path.of("/proc");

  private MarkerScan() {}

  /**
   * One process.
   *
   * @param value what the variable says
   */
  record Marked(ProcessIdentity process, String value) {}

  /** What is to be ended. */
  interface Search {
    List<Marked> look() throws IOException;
  }

  private interface Look {
    Optional<String> value(Path process) throws IOException;
  }

  /** Every process with one of these variables beginning with the prefix. */
  static List<Marked> find(List<String> variables, String prefix) throws IOException {
    return all(process -> inEnvironment(process, variables, prefix));
  }

  /**
   * Every process with a variable that names the file, by what another variable says. The file need
   * not exist; the directory that it stands in must.
   */
  static List<Marked> naming(Path file, String variable, String value) throws IOException {
    return all(process -> whereNamed(process, value, variable, file));
  }

  /** Every process that holds the file of a run open; the value is the run's marker. */
  static List<Marked> holders(RunStore runs) throws IOException {
    return all(process -> inFiles(process, runs));
  }

  /** SIGKILL to all that are found with this value, until two looks in a row find none. */
  static void killAll(Search search, String value) throws IOException {
    for (int quiet = 0; quiet < 2; quiet++) {
      for (Marked marked : search.look()) {
        if (!marked.value().equals(value)) continue;
        marked.process().kill();
        quiet = -1;
      }
    }
  }

  private static List<Marked> all(Look look) throws IOException {
    List<Marked> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        Optional<ProcessIdentity> identity = ProcessIdentity.of(pid);
        if (identity.isEmpty()) continue;
        valueOf(process, look).ifPresent(value -> found.add(new Marked(identity.get(), value)));
      }
    }
    return found;
  }

  private static Optional<String> valueOf(Path process, Look look) {
    try {
      return look.value(process);
    } catch (IOException e) {
      return Optional.empty(); // Gone meanwhile, or not ours to read.
    }
  }

  private static Optional<String> inEnvironment(Path process, List<String> variables, String prefix)
      throws IOException {
    List<String> environment = environment(process);
    for (String variable : variables) {
      String begin = variable + "=" + prefix;
      for (String entry : environment) {
        if (entry.startsWith(begin)) return Optional.of(entry.substring(variable.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** Of a file that is this very one where the process sees it, by whatever name. */
  private static Optional<String> whereNamed(Path process, String value, String variable, Path file)
      throws IOException {
    Optional<String> named = inEnvironment(process, List.of(variable), "/");
    if (named.isEmpty() || !isNamed(process, named.get(), file)) return Optional.empty();
    return inEnvironment(process, List.of(value), "");
  }

  /** The same path may be another place where the process has mounts or a root of its own. */
  private static boolean isNamed(Path process, String named, Path file) throws IOException {
    try {
      Path path = Path.of(new String(named.getBytes(StandardCharsets.ISO_8859_1), UTF_8));
      if (!file.getFileName().equals(path.getFileName())) return false;
      Path seen = process.resolve("root").resolve(path.getRoot().relativize(path.getParent()));
      return Files.isSameFile(seen, file.getParent());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static List<String> environment(Path process) throws IOException {
    byte[] environment = Files.readAllBytes(process.resolve("environ"));
    return List.of(new String(environment, StandardCharsets.ISO_8859_1).split("\0"));
  }

  private static Optional<String> inFiles(Path process, RunStore runs) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        Optional<String> marker = heldBy(file, runs);
        if (marker.isPresent()) return marker;
      }
      return Optional.empty();
    }
  }

  private static Optional<String> heldBy(Path file, RunStore runs) {
    try {
      return runs.markerHeld(Files.readSymbolicLink(file));
    } catch (IOException e) {
      return Optional.empty(); // Closed meanwhile.
    }
  }
}
