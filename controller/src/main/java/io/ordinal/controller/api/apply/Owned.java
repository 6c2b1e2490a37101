package io.ordinal.controller.api.apply;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells which fields a value has. */
final class Owned {
  private Owned() {}

  /** All fields that whoever applies this configuration owns. */
  static FieldSet by(ObjectNode configuration, Mode mode) {
    return of(configuration, mode, true);
  }

  /**
   * @param declared whether a type declares the field that has this value; such fields own what is
   *     in them and not themselves
   */
  private static FieldSet of(JsonNode value, Mode mode, boolean declared) {
    boolean empty = value.isObject() && value.isEmpty();
    return switch (mode.kindOf(value)) {
      case WHOLE -> FieldSet.LEAF;
      case MAP -> FieldSet.of(!declared || empty, entries(value, mode));
      case LIST -> FieldSet.of(!declared, elements(value, mode));
    };
  }

  private static SortedMap<String, FieldSet> entries(JsonNode map, Mode mode) {
    SortedMap<String, FieldSet> found = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : map.properties()) {
      String name = each.getKey();
      FieldSet set = of(each.getValue(), mode.field(name), mode.declares(name));
      FieldSet.keep(found, PathElement.field(name), set);
    }
    return found;
  }

  private static SortedMap<String, FieldSet> elements(JsonNode list, Mode mode) {
    SortedMap<String, FieldSet> found = new TreeMap<>();
    for (JsonNode each : list) {
      FieldSet set = of(each, mode.element(), false);
      // Twice the same: the element has one owner, and so has all that is in it.
      found.merge(mode.identity(each), set, (one, other) -> FieldSet.LEAF);
    }
    return found;
  }
}
