package io.ordinal.controller.api.patch;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values: numbers by value, maps without order. */
final class JsonEquality {
  private JsonEquality() {}

  static boolean equal(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) return false;
    if (one.isObject()) {
      for (Map.Entry<String, JsonNode> each : one.properties()) {
        JsonNode match = other.get(each.getKey());
        if (match == null || !equal(each.getValue(), match)) return false;
      }
      return true;
    }
    if (one.isArray()) {
      for (int i = 0; i < one.size(); i++) {
        if (!equal(one.get(i), other.get(i))) return false;
      }
      return true;
    }
    return one.equals(other);
  }
}
