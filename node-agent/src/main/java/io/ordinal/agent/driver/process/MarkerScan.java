package io.ordinal.agent.driver.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds processes by what their environment carries. */
final class MarkerScan {
  private static final Path PROC = Path.of("/proc");

  private MarkerScan() {}

  /**
   * One process.
   *
   * @param value what the variable says
   */
  record Marked(ProcessIdentity process, String value) {}

  /** Every process with one of these variables beginning with the prefix. */
  static List<Marked> find(List<String> variables, String prefix) throws IOException {
    List<Marked> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) look(process, variables, prefix, found);
    }
    return found;
  }

  /** SIGKILL to all of them, until two looks in a row find none. */
  static void killAll(List<String> variables, String exactly) throws IOException {
    for (int quiet = 0; quiet < 2; quiet++) {
      for (Marked marked : find(variables, exactly)) {
        if (!marked.value().equals(exactly)) continue;
        marked.process().kill();
        quiet = -1;
      }
    }
  }

  private static void look(
      Path process, List<String> variables, String prefix, List<Marked> found) {
    long pid = Long.parseLong(process.getFileName().toString());
    ProcessIdentity identity = ProcessIdentity.of(pid).orElse(null);
    if (identity == null) return;
    try {
      String environment =
          new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
      for (String variable : variables) {
        String begin = variable + "=" + prefix;
        for (String entry : environment.split("\0")) {
          if (!entry.startsWith(begin)) continue;
          found.add(new Marked(identity, entry.substring(variable.length() + 1)));
          return;
        }
      }
    } catch (IOException e) {
      // Gone meanwhile, or not ours to read.
    }
  }
}
