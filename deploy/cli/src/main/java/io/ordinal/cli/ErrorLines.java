package io.ordinal.cli;

import java.util.stream.Collectors;
import picocli.CommandLine;

/** What a command that failed says on standard error. */
final class ErrorLines {
  /** An error's priority in systemd's journal, before each line: sd-daemon(3). */
  private static final String GRAVE = "<3>";

  private ErrorLines() {}

  /** Whether standard error is read by the journal; as logback.xml reads it. */
  static boolean forJournal() {
    return "journal".equals(System.getProperty("ordinal.console"));
  }

  static void print(CommandLine command, String text) {
    String said =
        forJournal()
            ? text.lines().map(GRAVE::concat).collect(Collectors.joining(System.lineSeparator()))
            : command.getColorScheme().errorText(text).toString();
    command.getErr().println(said);
  }
}
