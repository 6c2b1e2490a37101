package io.ordinal.controller.api.patch;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values: numbers by value, maps without order. */
final class JsonEquality {
  /**
   * Equal keys are of equal values.
   *
   * @param text in order where that does not count; comparable, so that no choice of values makes a
   *     map of them slow
   */
  record Key(String text) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return text.compareTo(other.text);
    }
  }

  private JsonEquality() {}

  /** What maps and sets find a value by. */
  static Key key(JsonNode value) {
    StringBuilder text = new StringBuilder();
    tell(value, text);
    return new Key(text.toString());
  }

  private static void tell(JsonNode value, StringBuilder text) {
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue();
      text.append(number.signum() == 0 ? "0" : number.stripTrailingZeros());
    } else if (value.isObject()) {
      text.append('{');
      Map<String, JsonNode> sorted = new TreeMap<>();
      value.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
      sorted.forEach(
          (name, each) -> {
            text.append(name.length()).append(':').append(name);
            tell(each, text);
            text.append(',');
          });
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      for (JsonNode each : value) {
        tell(each, text);
        text.append(',');
      }
      text.append(']');
    } else {
      text.append(value.getNodeType().name().charAt(0));
      String plain = value.asString("");
      text.append(plain.length()).append(':').append(plain);
    }
  }

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
