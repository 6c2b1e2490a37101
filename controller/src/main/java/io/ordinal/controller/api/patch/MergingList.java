package io.ordinal.controller.api.patch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges a list whose rule is to merge: by key when it holds maps, as a set when it holds values.
 */
final class MergingList {
  private MergingList() {}

  static ArrayNode merge(ArrayNode live, ArrayNode patch, PatchSchema schema) {
    String key = schema.rule().key();
    return key.isEmpty() ? mergeValues(live, patch) : mergeMaps(live, patch, schema, key);
  }

  private static ArrayNode mergeValues(ArrayNode live, ArrayNode patch) {
    ArrayNode all = live.deepCopy();
    Places places = Places.of(live, "");
    for (JsonNode value : patch) {
      if (places.has(value)) continue;
      places.add(value);
      all.add(value);
    }
    return ElementOrder.arrange(all, Places.of(patch, ""), Places.of(live, ""), "");
  }

  private static ArrayNode mergeMaps(
      ArrayNode live, ArrayNode patch, PatchSchema schema, String key) {
    ArrayNode all = live.deepCopy();
    List<ObjectNode> changes = new ArrayList<>();
    Set<JsonEquality.Key> unwanted = new HashSet<>();
    boolean replace = false;
    for (JsonNode element : patch) {
      if (!(element instanceof ObjectNode map)) {
        throw PatchRefusal.malformed("expected a map with " + key + " in a list, found " + element);
      }
      switch (map.path(StrategicMergePatch.PATCH).asString("merge")) {
        case "merge" -> changes.add(map);
        case "delete" -> unwanted.add(JsonEquality.key(identity(map, key)));
        case "replace" -> replace = true;
        default ->
            throw PatchRefusal.malformed(
                "Unknown patch type: "
                    + map.get(StrategicMergePatch.PATCH).asString("")
                    + " in map: "
                    + ElementOrder.goMap(map));
      }
    }
    if (replace) {
      all = live.arrayNode();
      for (ObjectNode map : changes) all.add(StrategicMergePatch.withoutDirectives(map));
      return all;
    }
    if (!unwanted.isEmpty()) {
      all.removeIf(each -> unwanted.contains(JsonEquality.key(each.path(key))));
    }
    Places places = Places.of(all, key);
    Places order = new Places();
    for (ObjectNode map : changes) {
      JsonNode identity = identity(map, key);
      order.add(identity);
      int position = places.of(identity);
      mergeElement(all, map, schema.element(), position);
      if (position < 0) places.add(identity);
    }
    return ElementOrder.arrange(all, order, Places.of(live, key), key);
  }

  private static void mergeElement(
      ArrayNode all, ObjectNode change, PatchSchema schema, int position) {
    if (position < 0) {
      all.add(StrategicMergePatch.withoutDirectives(change));
    } else {
      all.set(position, StrategicMergePatch.merge((ObjectNode) all.get(position), change, schema));
    }
  }

  private static JsonNode identity(ObjectNode element, String key) {
    JsonNode identity = element.get(key);
    if (identity != null) return identity;
    throw PatchRefusal.malformed(
        "map: " + ElementOrder.goMap(element) + " does not contain declared merge key: " + key);
  }
}
