package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.PathText;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where in an object a check is; made into text only for people, as keys may be as long as the
 * object and have thousands of values below them.
 *
 * @param above null at the top
 * @param type the innermost type with fields
 * @param name of the field or entry; empty for an element
 * @param index of an element; negative for a field or an entry
 * @param declared whether it is a field, as Go tells them on the way to a value
 */
record FieldPlace(FieldPlace above, String type, String name, int index, boolean declared) {
  static FieldPlace top(String type) {
    return new FieldPlace(null, type, "", -1, false);
  }

  FieldPlace field(String structure, String field) {
    return new FieldPlace(this, structure, field, -1, true);
  }

  FieldPlace element(int number) {
    return new FieldPlace(this, type, "", number, false);
  }

  FieldPlace entry(String key) {
    return new FieldPlace(this, type, key, -1, false);
  }

  /** As clients read it; of a long one the end. */
  String path() {
    PathText text = new PathText();
    FieldPlace each = this;
    while (each.above != null && text.prepend(each.name, each.index)) each = each.above;
    return text.fromTop();
  }

  /** Names on the way, as Go tells them: without indices and keys. Empty at the top. */
  String fields() {
    Deque<String> names = new ArrayDeque<>();
    for (FieldPlace each = this; each.above != null; each = each.above) {
      if (each.declared) names.push(each.name);
    }
    return String.join(".", names);
  }
}
