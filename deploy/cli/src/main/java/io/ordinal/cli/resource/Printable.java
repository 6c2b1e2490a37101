package io.ordinal.cli.resource;

/**
 * Text of objects for people's terminals. Whoever may write an object must not be able to move the
 * cursor of who looks at it, so that control characters are shown instead of obeyed. Pure.
 */
public final class Printable {
  private static final int CARET = 0x40;

  private Printable() {}

  /**
   * The text with {@code ^[} for an escape and {@code \r} for the return of the carriage, as
   * kubectl has them, and the like for all other control characters but tabs and ends of lines.
   */
  public static String of(String text) {
    if (text.chars().noneMatch(Printable::isControl)) return text;
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(
            each -> {
              if (isControl(each)) shown.append(shown(each));
              else shown.append((char) each);
            });
    return shown.toString();
  }

  /** How many characters wide it is. */
  public static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isControl(int unit) {
    return Character.isISOControl(unit) && unit != '\n' && unit != '\t';
  }

  private static String shown(int control) {
    if (control == '\r') return "\\r";
    return control
            <= 0x7f // Of the first block, for which there are carets; ^? is the last of them.
        ? "^" + (char) (control ^ CARET)
        : "\\u%04x".formatted(control);
  }
}
