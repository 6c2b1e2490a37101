package io.ordinal.cli;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;

/** How wide help is: as wide as the terminal, but not so wide that it is hard to read. */
final class HelpWidth {
  private static final int WIDEST = 100;
  private static final int UNKNOWN = 80;

  private HelpWidth() {}

  static Help help(CommandSpec command, ColorScheme colors) {
    command.usageMessage().autoWidth(false).width(Math.min(WIDEST, terminal(command)));
    return new Help(command, colors);
  }

  /** Asks the terminal, if there is one. */
  private static int terminal(CommandSpec command) {
    if (System.console() == null) return UNKNOWN;
    return command.usageMessage().autoWidth(true).width();
  }
}
