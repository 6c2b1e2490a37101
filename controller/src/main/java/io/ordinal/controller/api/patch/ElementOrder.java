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
  /**
   * One to be put in order.
   *
   * @param wanted its place in the patch's order, -1 when it has none
   * @param live its place in the live list, -1 when it has none
   */
  private record Element(JsonNode value, int wanted, int live) {}

  private ElementOrder() {}

  /** What tells an element apart: itself when there is no key. */
  static JsonNode identity(JsonNode element, String key) {
    if (key.isEmpty()) return element;
    return element.isObject() ? element.path(key) : MissingNode.getInstance();
  }

  /**
   * Puts the elements that the patch speaks of in the patch's order and weaves the others in: each
   * keeps its place before the elements that it stood before in the live list, as far as the two
   * orders agree, and a new element goes before the others.
   */
  static ArrayNode arrange(ArrayNode list, Places patchOrder, Places liveOrder, String key) {
    List<Element> ours = new ArrayList<>();
    List<Element> others = new ArrayList<>();
    for (JsonNode each : list) {
      JsonNode identity = identity(each, key);
      Element element = new Element(each, patchOrder.of(identity), liveOrder.of(identity));
      (element.wanted() >= 0 ? ours : others).add(element);
    }
    ours.sort(Comparator.comparingInt(Element::wanted));
    ArrayNode arranged = list.arrayNode();
    int next = 0;
    for (Element our : ours) {
      while (next < others.size() && our.live() > others.get(next).live()) {
        arranged.add(others.get(next++).value());
      }
      arranged.add(our.value());
    }
    while (next < others.size()) arranged.add(others.get(next++).value());
    return arranged;
  }

  /** A map as Go prints it; messages of the merge quote elements so. */
  static String goMap(ObjectNode map) {
    return map.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + ":" + each.getValue().asString(each.getValue().toString()))
        .collect(Collectors.joining(" ", "map[", "]"));
  }
}
