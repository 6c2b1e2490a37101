package io.ordinal.controller.api.apply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays a configuration over an object: what it names counts, all else stays. */
final class StructuredMerge {
  private StructuredMerge() {}

  /** A tree of its own; neither argument is changed. */
  static ObjectNode of(ObjectNode live, ObjectNode configuration, Mode mode) {
    return maps(live, configuration, mode);
  }

  private static JsonNode merge(JsonNode live, JsonNode wanted, Mode mode) {
    if (wanted == null) return live.deepCopy();
    if (live == null || live.isNull()) return wanted.deepCopy();
    return switch (mode.kindOf(live, wanted)) {
      case WHOLE -> wanted.deepCopy();
      case MAP ->
          wanted.isEmpty() || wanted.isNull() ? kept(live, wanted) : maps(live, wanted, mode);
      case LIST ->
          wanted.isEmpty() || wanted.isNull() ? kept(live, wanted) : lists(live, wanted, mode);
    };
  }

  /** A configuration that says nothing of the pieces leaves them. */
  private static JsonNode kept(JsonNode live, JsonNode wanted) {
    return live.isEmpty() ? wanted.deepCopy() : live.deepCopy();
  }

  private static ObjectNode maps(JsonNode live, JsonNode wanted, Mode mode) {
    ObjectNode merged = ((ObjectNode) live).objectNode();
    for (Map.Entry<String, JsonNode> each : live.properties()) {
      String name = each.getKey();
      merged.set(name, merge(each.getValue(), wanted.get(name), mode.field(name)));
    }
    for (Map.Entry<String, JsonNode> each : wanted.properties()) {
      if (!live.has(each.getKey())) merged.set(each.getKey(), each.getValue().deepCopy());
    }
    return merged;
  }

  /**
   * Elements of the configuration stand in its order; those of the live list alone keep their place
   * before the next element that both have.
   */
  private static ArrayNode lists(JsonNode live, JsonNode wanted, Mode mode) {
    Map<String, List<JsonNode>> ours = index(live, mode);
    Map<String, List<JsonNode>> theirs = index(wanted, mode);
    Deque<String> common = new ArrayDeque<>(theirs.keySet());
    common.removeIf(each -> !ours.containsKey(each));
    Deque<String> left = new ArrayDeque<>(ours.keySet());
    ArrayNode merged = ((ArrayNode) live).arrayNode();
    for (Map.Entry<String, List<JsonNode>> each : theirs.entrySet()) {
      String element = each.getKey();
      while (!left.isEmpty() && !left.peek().equals(common.peek())) {
        addAll(merged, theirs.containsKey(left.peek()) ? null : ours.get(left.peek()));
        left.poll();
      }
      List<JsonNode> found = ours.getOrDefault(element, List.of());
      JsonNode one = found.size() == 1 ? found.get(0) : null;
      merged.add(merge(one, each.getValue().get(0), mode.element()));
      if (element.equals(left.peek())) left.poll();
      if (element.equals(common.peek())) common.poll();
    }
    for (String each : left) addAll(merged, theirs.containsKey(each) ? null : ours.get(each));
    return merged;
  }

  private static void addAll(ArrayNode merged, List<JsonNode> elements) {
    if (elements != null) elements.forEach(each -> merged.add(each.deepCopy()));
  }

  private static Map<String, List<JsonNode>> index(JsonNode list, Mode mode) {
    Map<String, List<JsonNode>> found = new LinkedHashMap<>();
    for (JsonNode each : list) {
      found.computeIfAbsent(mode.identity(each), key -> new ArrayList<>()).add(each);
    }
    return found;
  }
}
