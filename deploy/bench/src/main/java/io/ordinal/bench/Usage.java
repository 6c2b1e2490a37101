package io.ordinal.bench;

import java.util.Arrays;

/** What a program says about itself when it is asked. */
final class Usage {
  private Usage() {}

  /** Prints the text and ends the process if {@code --help} is among the arguments. */
  static void ifAsked(String[] arguments, String text) {
    boolean asked = Arrays.stream(arguments).anyMatch(each -> each.equals("--help"));
    if (!asked) return;
    System.out.print(text);
    System.exit(0);
  }
}
