package io.ordinal.controller.api.apply;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What differs between two states of an object, field by field. */
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
  private static final Comparison SAME =
      new Comparison(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

  static Comparison of(ObjectNode before, ObjectNode after, Mode mode) {
    return between(before, after, mode);
  }

  boolean isEmpty() {
    return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
  }

  /** Fields whose value is another now. */
  FieldSet changed() {
    return modified.union(added);
  }

  Comparison within(UnaryOperator<FieldSet> scope) {
    return new Comparison(scope.apply(added), scope.apply(modified), scope.apply(removed));
  }

  private static Comparison between(JsonNode before, JsonNode after, Mode mode) {
    if (before != null && before.equals(after)) return SAME;
    Mode.Kind kind = mode.kindOf(before, after);
    if (isBlank(before) && isBlank(after)) kind = Mode.Kind.WHOLE;
    return switch (kind) {
      case WHOLE -> whole(before, after);
      case MAP -> maps(before, after, mode);
      case LIST -> lists(before, after, mode);
    };
  }

  private static Comparison whole(JsonNode before, JsonNode after) {
    return new Comparison(
        before == null ? FieldSet.LEAF : FieldSet.EMPTY,
        before != null && after != null ? FieldSet.LEAF : FieldSet.EMPTY,
        after == null ? FieldSet.LEAF : FieldSet.EMPTY);
  }

  private static Comparison maps(JsonNode before, JsonNode after, Mode mode) {
    Pieces pieces = new Pieces();
    if (before != null) {
      for (Map.Entry<String, JsonNode> each : before.properties()) {
        String name = each.getKey();
        JsonNode other = after == null ? null : after.get(name);
        pieces.add(PathElement.field(name), between(each.getValue(), other, mode.field(name)));
      }
    }
    if (after != null) {
      for (Map.Entry<String, JsonNode> each : after.properties()) {
        String name = each.getKey();
        if (before != null && before.has(name)) continue;
        pieces.add(PathElement.field(name), between(null, each.getValue(), mode.field(name)));
      }
    }
    return pieces.together(before == null, after == null);
  }

  private static Comparison lists(JsonNode before, JsonNode after, Mode mode) {
    Map<String, JsonNode> old = elements(before, mode);
    Map<String, JsonNode> fresh = elements(after, mode);
    Set<String> all = new LinkedHashSet<>(old.keySet());
    all.addAll(fresh.keySet());
    Pieces pieces = new Pieces();
    for (String each : all) {
      pieces.add(each, between(old.get(each), fresh.get(each), mode.element()));
    }
    return pieces.together(before == null, after == null);
  }

  private static Map<String, JsonNode> elements(JsonNode list, Mode mode) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    if (list != null) list.forEach(each -> found.putIfAbsent(mode.identity(each), each));
    return found;
  }

  private static boolean isBlank(JsonNode value) {
    return value == null || value.isNull() || value.isContainer() && value.isEmpty();
  }

  /** Collects what differs below a value. */
  private static final class Pieces {
    private final SortedMap<String, FieldSet> added = new TreeMap<>();
    private final SortedMap<String, FieldSet> modified = new TreeMap<>();
    private final SortedMap<String, FieldSet> removed = new TreeMap<>();

    void add(String element, Comparison piece) {
      FieldSet.keep(added, element, piece.added);
      FieldSet.keep(modified, element, piece.modified);
      FieldSet.keep(removed, element, piece.removed);
    }

    Comparison together(boolean isNew, boolean isGone) {
      return new Comparison(
          FieldSet.of(isNew, added), FieldSet.of(false, modified), FieldSet.of(isGone, removed));
    }
  }
}
