package io.ordinal.controller.api.patch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps what the operations of one patch cost within what its bytes and the object's justify: a
 * copy of the whole into itself, repeated, doubles it each time. Not thread safe.
 */
final class Growth {
  /** As Kubernetes allows. */
  static final long MOST_COPIED_BYTES = 3 << 20;

  /** Elements behind a place where one is put into a list or taken out, of all operations. */
  static final long MOST_SHIFTED = 100_000_000;

  /** As in bodies; what is deeper could not be walked over. */
  static final int MOST_LEVELS = 200;

  private record Step(JsonNode value, int level) {}

  private long copiedBytes;
  private long shifted;

  /** So much more is copied. */
  void copies(JsonNode value) {
    Deque<Step> left = new ArrayDeque<>();
    left.push(new Step(value, 0));
    while (!left.isEmpty()) {
      Step step = left.pop();
      requireLevel(step.level());
      copiedBytes += bytes(step.value());
      if (copiedBytes > MOST_COPIED_BYTES) {
        throw PatchRefusal.unprocessable(
            "Unable to complete the copy, the accumulated size increase of copy is "
                + copiedBytes
                + ", exceeding the limit "
                + MOST_COPIED_BYTES);
      }
      for (JsonNode each : step.value()) left.push(new Step(each, step.level() + 1));
    }
  }

  /** About as many as it has when it is printed, without what is in it. */
  private static long bytes(JsonNode value) {
    long bytes = value.isString() ? value.asString().length() + 2L : 3;
    if (value instanceof ObjectNode map) {
      for (Map.Entry<String, JsonNode> each : map.properties()) bytes += each.getKey().length() + 4;
    }
    return bytes;
  }

  /** So many elements of a list get another place. */
  void shifts(int elements) {
    shifted += elements;
    if (shifted > MOST_SHIFTED) {
      throw PatchRefusal.tooLarge(
          "the operations of the patch move more than " + MOST_SHIFTED + " elements of lists");
    }
  }

  /** Refuses what is nested deeper than a body may be. */
  static void requireShallow(JsonNode tree) {
    Deque<Step> left = new ArrayDeque<>();
    left.push(new Step(tree, 0));
    while (!left.isEmpty()) {
      Step step = left.pop();
      requireLevel(step.level());
      for (JsonNode each : step.value()) left.push(new Step(each, step.level() + 1));
    }
  }

  private static void requireLevel(int level) {
    if (level <= MOST_LEVELS) return;
    throw PatchRefusal.malformed("nested deeper than " + MOST_LEVELS + " levels");
  }
}
