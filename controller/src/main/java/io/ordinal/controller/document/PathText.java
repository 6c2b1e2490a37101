package io.ordinal.controller.document;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A path in a document as people read it, written from its end: of a long one the end is shown, as
 * names may be as long as the document.
 */
public final class PathText {
  private static final int LONGEST = 1024;
  private static final String LEFT_OUT = "...";

  private final Deque<String> steps = new ArrayDeque<>();
  private int room = LONGEST;

  /**
   * Puts a field or an element before those that are there.
   *
   * @param name of the field
   * @param index of the element, negative for a field
   * @return whether there is room for more
   */
  public boolean prepend(String name, int index) {
    return prepend(index < 0 ? "." + name : "[" + index + "]");
  }

  /**
   * Puts a step before those that are there.
   *
   * @param step such as {@code .spec} or {@code [3]}
   * @return whether there is room for more
   */
  public boolean prepend(String step) {
    boolean fits = step.length() <= room;
    steps.push(fits ? step : LEFT_OUT + Piece.last(step, room));
    room -= Math.min(room, step.length());
    return fits;
  }

  /** Without the dot before the first field. */
  public String fromTop() {
    String text = toString();
    return text.startsWith(".") && !text.startsWith(LEFT_OUT) ? text.substring(1) : text;
  }

  @Override
  public String toString() {
    return String.join("", steps);
  }
}
