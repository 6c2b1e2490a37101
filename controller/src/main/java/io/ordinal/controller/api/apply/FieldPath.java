package io.ordinal.controller.api.apply;

import io.ordinal.controller.document.PathText;

/**
 * Where in an object a field is; made into text only for people, as names may be as long as the
 * object and have thousands of fields below them.
 *
 * @param above null at the top
 * @param step as messages show it
 */
record FieldPath(FieldPath above, String step) {
  static final FieldPath TOP = new FieldPath(null, "");

  FieldPath below(String next) {
    return new FieldPath(this, next);
  }

  /** Of a long one the end. */
  String text() {
    PathText text = new PathText();
    FieldPath each = this;
    while (each != TOP && text.prepend(each.step)) each = each.above;
    return text.toString();
  }
}
