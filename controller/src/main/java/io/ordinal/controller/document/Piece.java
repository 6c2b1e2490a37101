package io.ordinal.controller.document;

/** Pieces of texts that are too long to be shown, never with half a character at the cut. */
public final class Piece {
  private Piece() {}

  /** At most so many chars of its beginning. */
  public static String first(String text, int most) {
    if (text.length() <= most) return text;
    boolean parted = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, parted ? most - 1 : most);
  }

  /** At most so many chars of its end. */
  public static String last(String text, int most) {
    if (text.length() <= most) return text;
    int from = text.length() - most;
    boolean parted = most > 0 && Character.isLowSurrogate(text.charAt(from));
    return text.substring(parted ? from + 1 : from);
  }
}
