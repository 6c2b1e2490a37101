package io.ordinal.agent.driver.process;

import java.util.ArrayList;
import java.util.List;

/** The words that run a command where the processes of a run live. Pure. */
final class Beside {
  private Beside() {}

  static List<String> words(RunRecord record, ProcessIdentity main, List<String> command) {
    if (!record.namespaces()) return command;
    List<String> words = new ArrayList<>(List.of("/usr/bin/nsenter"));
    words.add("--target=" + main.pid());
    if (record.userNamespace()) words.addAll(List.of("--user", "--preserve-credentials"));
    words.addAll(
        List.of("--mount", "--pid", "--uts", "--root", "--wdns=" + record.workingDir(), "--"));
    words.addAll(command);
    return words;
  }
}
