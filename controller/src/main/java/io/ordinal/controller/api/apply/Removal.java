package io.ordinal.controller.api.apply;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes fields out of an object. What becomes empty that way goes as well. */
final class Removal {
  private Removal() {}

  static ObjectNode of(ObjectNode object, FieldSet unwanted, Mode mode) {
    JsonNode left = without(object, unwanted, mode);
    return left instanceof ObjectNode map ? map : object.objectNode();
  }

  /** Null when nothing is left. */
  private static JsonNode without(JsonNode value, FieldSet unwanted, Mode mode) {
    if (unwanted.children().isEmpty()) return value.deepCopy();
    return switch (mode.kindOf(value)) {
      case WHOLE -> value.deepCopy();
      case MAP -> map(value, unwanted, mode);
      case LIST -> list(value, unwanted, mode);
    };
  }

  private static JsonNode map(JsonNode value, FieldSet unwanted, Mode mode) {
    ObjectNode left = ((ObjectNode) value).objectNode();
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      String name = each.getKey();
      FieldSet here = unwanted.child(PathElement.field(name));
      if (here.member()) continue;
      JsonNode kept = without(each.getValue(), here, mode.field(name));
      if (kept != null) left.set(name, kept);
    }
    return left.isEmpty() ? null : left;
  }

  private static JsonNode list(JsonNode value, FieldSet unwanted, Mode mode) {
    ArrayNode left = ((ArrayNode) value).arrayNode();
    for (JsonNode each : value) {
      FieldSet here = unwanted.child(mode.identity(each));
      if (here.member()) continue;
      JsonNode kept = without(each, here, mode.element());
      if (kept != null) left.add(kept);
    }
    return left.isEmpty() ? null : left;
  }
}
