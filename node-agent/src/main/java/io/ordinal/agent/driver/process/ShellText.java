package io.ordinal.agent.driver.process;

import java.util.List;
import java.util.stream.Collectors;

/** Text that a POSIX shell reads back as it was. */
final class ShellText {
  private ShellText() {}

  /** One word, whatever it contains. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  static String words(List<String> texts) {
    return texts.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
  }

  /** Whether a shell can hold a variable of this name. */
  static boolean isName(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_]*");
  }
}
