package io.ordinal.agent.driver.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a command is run where the processes of a run live. Pure. */
final class Beside {
  private static final Set<String> LOADED =
      Set.of("GCONV_PATH", "GLIBC_TUNABLES", "LOCPATH", "NLSPATH");

  private Beside() {}

  static List<String> words(RunRecord record, ProcessIdentity main, List<String> command) {
    List<String> words = new ArrayList<>();
    if (record.namespaces()) enter(words, record, main);
    List<String> late = new ArrayList<>();
    record
        .env()
        .forEach(
            (name, value) -> {
              if (changesPrograms(name)) late.add(name + "=" + value);
            });
    // Their values show on a command line, and the container needs the program.
    if (!late.isEmpty()) words.add("env");
    words.addAll(late);
    words.addAll(command);
    return words;
  }

  private static void enter(List<String> words, RunRecord record, ProcessIdentity main) {
    words.addAll(List.of("/usr/bin/nsenter", "--target=" + main.pid()));
    if (record.userNamespace()) words.addAll(List.of("--user", "--preserve-credentials"));
    words.addAll(
        List.of("--mount", "--pid", "--uts", "--root", "--wdns=" + record.workingDir(), "--"));
  }

  /**
   * The environment of the container, but for what would have the machine's own programs load the
   * container's code, outside of its namespaces: that is set behind them.
   */
  static Map<String, String> environment(RunRecord record) {
    Map<String, String> environment = new HashMap<>(record.env());
    environment.keySet().removeIf(Beside::changesPrograms);
    return environment;
  }

  private static boolean changesPrograms(String name) {
    return name.startsWith("LD_") || LOADED.contains(name);
  }
}
