package io.ordinal.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kernel's process list. */
final class Processes {
  private Processes() {}

  /**
   * @param variables that the process must have
   * @param mention text that must occur anywhere in its environment, such as the cluster's
   *     directory
   */
  static List<ProcessHandle> withEnvironment(Map<String, String> variables, String mention) {
    return ProcessHandle.allProcesses()
        .filter(
            each -> {
              String text = environment(each.pid());
              Set<String> entries = Set.of(text.isEmpty() ? new String[0] : unique(text));
              return text.contains(mention)
                  && variables.entrySet().stream()
                      .allMatch(v -> entries.contains(v.getKey() + "=" + v.getValue()));
            })
        .toList();
  }

  /** The command line as it stands now; empty for a process that is gone. */
  static String title(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  private static String[] unique(String environ) {
    return java.util.Arrays.stream(environ.split("\0")).distinct().toArray(String[]::new);
  }

  private static String environment(long pid) {
    try {
      return new String(
          Files.readAllBytes(Path.of("/proc/" + pid + "/environ")), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
