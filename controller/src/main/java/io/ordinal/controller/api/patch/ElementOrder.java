package io.ordinal.controller.api.patch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the elements of a merged list go. */
final class ElementOrder {
  private ElementOrder() {}

  /** What tells an element apart: itself when there is no key. */
  static JsonNode identity(JsonNode element, String key) {
    if (key.isEmpty()) return element;
    return element.isObject() ? element.path(key) : MissingNode.getInstance();
  }

  static List<JsonNode> identities(ArrayNode list, String key) {
    List<JsonNode> found = new ArrayList<>();
    list.forEach(each -> found.add(identity(each, key)));
    return found;
  }

  /**
   * Puts the elements that the patch speaks of in the patch's order and weaves the others in: each
   * keeps its place before the elements that it stood before in the live list, as far as the two
   * orders agree, and a new element goes before the others.
   */
  static ArrayNode arrange(
      ArrayNode list, List<JsonNode> patchOrder, List<JsonNode> liveOrder, String key) {
    List<JsonNode> ours = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode each : list) {
      (index(patchOrder, identity(each, key)) >= 0 ? ours : others).add(each);
    }
    ours.sort(Comparator.comparingInt(each -> index(patchOrder, identity(each, key))));
    ArrayNode arranged = list.arrayNode();
    int next = 0;
    for (JsonNode our : ours) {
      int place = index(liveOrder, identity(our, key));
      while (next < others.size() && place > index(liveOrder, identity(others.get(next), key))) {
        arranged.add(others.get(next++));
      }
      arranged.add(our);
    }
    while (next < others.size()) arranged.add(others.get(next++));
    return arranged;
  }

  /** A map as Go prints it; messages of the merge quote elements so. */
  static String goMap(ObjectNode map) {
    return map.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + ":" + each.getValue().asString(each.getValue().toString()))
        .collect(Collectors.joining(" ", "map[", "]"));
  }

  private static int index(List<JsonNode> order, JsonNode identity) {
    for (int i = 0; i < order.size(); i++) {
      if (JsonEquality.equal(order.get(i), identity)) return i;
    }
    return -1;
  }
}
