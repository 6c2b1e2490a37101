package io.ordinal.controller.api.patch;

import java.util.ArrayList;
import java.util.List;
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
    for (JsonNode value : patch) {
      if (position(all, value, "") < 0) all.add(value);
    }
    return ElementOrder.arrange(
        all, ElementOrder.identities(patch, ""), ElementOrder.identities(live, ""), "");
  }

  private static ArrayNode mergeMaps(
      ArrayNode live, ArrayNode patch, PatchSchema schema, String key) {
    ArrayNode all = live.deepCopy();
    List<ObjectNode> changes = new ArrayList<>();
    boolean replace = false;
    for (JsonNode element : patch) {
      if (!(element instanceof ObjectNode map)) {
        throw PatchRefusal.malformed("expected a map with " + key + " in a list, found " + element);
      }
      switch (map.path(StrategicMergePatch.PATCH).asString("merge")) {
        case "merge" -> changes.add(map);
        case "delete" -> {
          JsonNode unwanted = identity(map, key);
          all.removeIf(each -> JsonEquality.equal(each.path(key), unwanted));
        }
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
    List<JsonNode> order = new ArrayList<>();
    for (ObjectNode map : changes) {
      JsonNode identity = identity(map, key);
      order.add(identity);
      mergeElement(all, map, schema.element(), position(all, identity, key));
    }
    return ElementOrder.arrange(all, order, ElementOrder.identities(live, key), key);
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

  private static int position(ArrayNode list, JsonNode identity, String key) {
    for (int i = 0; i < list.size(); i++) {
      if (JsonEquality.equal(ElementOrder.identity(list.get(i), key), identity)) return i;
    }
    return -1;
  }
}
