package io.ordinal.controller.api.kind;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reading and filling in JSON trees. Values of an unexpected type count as absent and are left
 * alone: the field check tells clients about them.
 */
final class Tree {
  private Tree() {}

  /** The map there; made when absent. A detached map when something else is there. */
  static ObjectNode ensure(ObjectNode parent, String name) {
    JsonNode found = parent.get(name);
    if (found instanceof ObjectNode map) return map;
    ObjectNode fresh = JsonNodeFactory.instance.objectNode();
    if (found == null || found.isNull()) parent.set(name, fresh);
    return fresh;
  }

  /** The maps of a list; none when it is not a list. */
  static List<ObjectNode> maps(JsonNode list) {
    List<ObjectNode> found = new ArrayList<>();
    if (list instanceof ArrayNode) {
      for (JsonNode each : list) {
        if (each instanceof ObjectNode map) found.add(map);
      }
    }
    return found;
  }

  /** An empty text counts as absent, as in Go. */
  static void defaultText(ObjectNode map, String name, String value) {
    JsonNode found = map.path(name);
    boolean empty = found.isString() && found.asString().isEmpty();
    if (absent(found) || empty) map.put(name, value);
  }

  static void defaultNumber(ObjectNode map, String name, int value) {
    if (absent(map.path(name))) map.put(name, value);
  }

  static void defaultFlag(ObjectNode map, String name, boolean value) {
    if (absent(map.path(name))) map.put(name, value);
  }

  /** As {@link #defaultNumber}, where Go cannot tell 0 from absent. */
  static void defaultPositive(ObjectNode map, String name, int value) {
    JsonNode found = map.path(name);
    if (absent(found) || (found.isInt() && found.asInt() == 0)) map.put(name, value);
  }

  static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  static String text(JsonNode map, String name) {
    return map.path(name).asString("");
  }

  /** Copies a field as it is, also its absence. */
  static void copy(String name, ObjectNode from, ObjectNode to) {
    JsonNode value = from.get(name);
    if (value == null) {
      to.remove(name);
    } else {
      to.set(name, value.deepCopy());
    }
  }

  /** Null means absent wherever the type is known, as in Go. Elements of lists stay. */
  static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode map) map.properties().removeIf(each -> each.getValue().isNull());
    for (JsonNode each : node) dropNulls(each);
  }

  /** Equality in which nulls and empty maps, lists and texts are the same as absence. */
  static boolean same(JsonNode one, JsonNode other) {
    if (blank(one) || blank(other)) return blank(one) && blank(other);
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    if (one instanceof ObjectNode map && other instanceof ObjectNode counterpart) {
      return covers(map, counterpart) && hasNoMore(counterpart, map);
    }
    if (one instanceof ArrayNode && other instanceof ArrayNode && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        if (!same(one.get(i), other.get(i))) return false;
      }
      return true;
    }
    return one.equals(other);
  }

  /** Equal for values that are the {@link #same}. */
  static String likeness(JsonNode node) {
    if (blank(node)) return "";
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }
    if (node.isObject()) {
      Map<String, String> sorted = new TreeMap<>();
      for (Map.Entry<String, JsonNode> each : node.properties()) {
        String value = likeness(each.getValue());
        if (!value.isEmpty()) sorted.put(each.getKey().length() + ":" + each.getKey(), value);
      }
      return sorted.toString();
    }
    if (!node.isArray()) return node.getNodeType() + node.toString();
    List<String> elements = new ArrayList<>();
    node.forEach(each -> elements.add(likeness(each)));
    return elements.toString();
  }

  private static boolean covers(ObjectNode one, ObjectNode other) {
    for (Map.Entry<String, JsonNode> each : one.properties()) {
      if (!same(each.getValue(), other.path(each.getKey()))) return false;
    }
    return true;
  }

  /** What both have was compared already: comparing it again at each level doubles the work. */
  private static boolean hasNoMore(ObjectNode one, ObjectNode other) {
    for (Map.Entry<String, JsonNode> each : one.properties()) {
      if (!other.has(each.getKey()) && !blank(each.getValue())) return false;
    }
    return true;
  }

  private static boolean blank(JsonNode node) {
    return absent(node)
        || ((node.isContainer()) && node.isEmpty())
        || (node.isString() && node.asString().isEmpty());
  }
}
