package io.ordinal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person is told who mistyped a command: one line, and where the rest stands. */
final class Misuse {
  /** The words of an option as Java writes them. */
  private static final Pattern CONSTANTS =
      Pattern.compile("(expected one of \\[[A-Z_, ]+]) \\(case-insensitive\\)");

  private Misuse() {}

  /**
   * @return the exit code
   */
  static int told(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String line = "error: " + what(wrong, name) + proposals(wrong) + ". See: " + name + " --help";
    ErrorLines.print(command, line);
    boolean unspecific = wrong.getCause() == null && !command.getSubcommands().isEmpty();
    if (unspecific && !(wrong instanceof UnmatchedArgumentException))
      command.usage(command.getErr());
    return ExitCode.USAGE;
  }

  private static String what(ParameterException wrong, String name) {
    boolean unknown =
        wrong instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && !wrong.getCommandLine().getSubcommands().isEmpty();
    if (!unknown) {
      return CONSTANTS
          .matcher(wrong.getMessage().strip().replace(System.lineSeparator(), "; "))
          .replaceAll(words -> words.group(1).toLowerCase(Locale.ROOT));
    }
    return name + " has no command " + ((UnmatchedArgumentException) wrong).getUnmatched().get(0);
  }

  private static String proposals(ParameterException wrong) {
    StringWriter said = new StringWriter();
    UnmatchedArgumentException.printSuggestions(wrong, new PrintWriter(said, true));
    String text = said.toString().strip().replaceAll("\\?$", "").replace("\n", "; ");
    return text.isEmpty() ? "" : ". " + text;
  }
}
