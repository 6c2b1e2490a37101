package io.ordinal.controller.api.apply;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a path to a field, as the text that {@code fieldsV1} has for it: {@code f:name}, a
 * field; {@code k:{"name":"x"}}, the element of a list with these keys; {@code v:"x"}, the element
 * of a set; {@code i:0}, an element by its place. Equal steps are equal texts.
 */
final class PathElement {
  private PathElement() {}

  static String field(String name) {
    return "f:" + name;
  }

  /** Keys are told in the order of their names. */
  static String keys(Map<String, JsonNode> keys) {
    ObjectNode sorted = Json.object();
    new TreeMap<>(keys).forEach(sorted::set);
    return "k:" + text(sorted);
  }

  static String value(JsonNode value) {
    return "v:" + text(value);
  }

  static boolean isField(String element) {
    return element.startsWith("f:");
  }

  static String fieldName(String element) {
    return element.substring(2);
  }

  /** Whether it is a step at all. */
  static boolean isValid(String text) {
    if (text.length() < 2 || text.charAt(1) != ':') return false;
    return switch (text.charAt(0)) {
      case 'f' -> true;
      case 'i' -> text.substring(2).matches("-?[0-9]{1,9}");
      case 'v' -> json(text) != null && !json(text).isMissingNode();
      case 'k' -> json(text) instanceof ObjectNode;
      default -> false;
    };
  }

  /** As messages show it: {@code .name}, {@code [name="x"]}, {@code [="x"]} or {@code [0]}. */
  static String shown(String element) {
    String content = element.substring(2);
    return switch (element.charAt(0)) {
      case 'f' -> "." + content;
      case 'v' -> "[=" + content + "]";
      case 'k' -> {
        StringJoiner keys = new StringJoiner(",", "[", "]");
        json(element)
            .properties()
            .forEach(each -> keys.add(each.getKey() + "=" + text(each.getValue())));
        yield keys.toString();
      }
      default -> "[" + content + "]";
    };
  }

  private static JsonNode json(String element) {
    try {
      return Json.tree(element.substring(2).getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private static String text(JsonNode value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }
}
