package io.ordinal.controller.api.apply;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where in an object a field is; made into text only for people, as names may be as long as the
 * object and have thousands of fields below them.
 *
 * @param above null at the top
 * @param step as messages show it
 */
record FieldPath(FieldPath above, String step) {
  static final FieldPath TOP = new FieldPath(null, "");
  private static final int LONGEST = 1024;

  FieldPath below(String next) {
    return new FieldPath(this, next);
  }

  /** Of a long one the end. */
  String text() {
    Deque<String> steps = new ArrayDeque<>();
    int length = 0;
    for (FieldPath each = this; each != TOP; each = each.above) {
      length += each.step.length();
      if (length > LONGEST) {
        int room = LONGEST - (length - each.step.length());
        steps.push("..." + each.step.substring(each.step.length() - room));
        break;
      }
      steps.push(each.step);
    }
    return String.join("", steps);
  }
}
