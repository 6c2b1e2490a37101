package io.ordinal.agent.driver.process;

import java.util.Map;

/** {@code $(NAME)} in commands and arguments, as Kubernetes expands it. */
final class Expansion {
  private Expansion() {}

  /**
   * Replaces {@code $(NAME)} by its value and {@code $$} by a dollar sign. A name that is unknown
   * stays as it stands.
   */
  static String expand(String text, Map<String, String> values) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean escapes = c == '$' && at + 1 < text.length();
      if (escapes && text.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
      } else if (escapes && text.charAt(at + 1) == '(') {
        at = reference(text, at, values, out);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static int reference(
      String text, int from, Map<String, String> values, StringBuilder out) {
    int close = text.indexOf(')', from);
    if (close < 0) {
      out.append("$(");
      return from + 2;
    }
    String value = values.get(text.substring(from + 2, close));
    out.append(value == null ? text.substring(from, close + 1) : value);
    return close + 1;
  }
}
