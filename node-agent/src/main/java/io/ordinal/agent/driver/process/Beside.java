package io.ordinal.agent.driver.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How a command is run where the processes of a run live. Pure. */
final class Beside {
  private static final Set<String> LOADED =
      Set.of("GCONV_PATH", "GLIBC_TUNABLES", "LOCPATH", "NLSPATH");

  private Beside() {}

  static List<String> words(RunRecord record, ProcessIdentity main, List<String> command) {
    List<String> words = new ArrayList<>();
    if (record.namespaces()) {
      words.addAll(enter(record, main));
      words.add("--pid");
      words.addAll(view(record));
    }
    words.addAll(there(record, command));
    return words;
  }

  /**
   * The same with a terminal. Whoever makes that leads a session, and has to be among the run's
   * processes: a shell there has to see the group of processes that it finds and leaves in front of
   * the terminal. In a user namespace the privilege to go on from there would be lost.
   *
   * @param terminal what gives a command a terminal, by the machine's own programs
   */
  static List<String> words(
      RunRecord record,
      ProcessIdentity main,
      List<String> command,
      UnaryOperator<List<String>> terminal) {
    if (!record.namespaces() || record.userNamespace()) {
      return terminal.apply(words(record, main, command));
    }
    List<String> inner = enter(record, main);
    inner.addAll(view(record));
    inner.addAll(there(record, command));
    List<String> words = enter(record, main);
    words.addAll(List.of("--pid", "--"));
    words.addAll(terminal.apply(inner));
    return words;
  }

  private static List<String> there(RunRecord record, List<String> command) {
    List<String> words = new ArrayList<>();
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

  private static List<String> enter(RunRecord record, ProcessIdentity main) {
    List<String> words = new ArrayList<>(List.of("/usr/bin/nsenter", "--target=" + main.pid()));
    if (record.userNamespace()) words.addAll(List.of("--user", "--preserve-credentials"));
    return words;
  }

  private static List<String> view(RunRecord record) {
    return List.of("--mount", "--uts", "--root", "--wdns=" + record.workingDir(), "--");
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
