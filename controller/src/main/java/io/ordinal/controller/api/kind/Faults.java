package io.ordinal.controller.api.kind;

import io.ordinal.controller.model.Verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Collects the faults of an object, worded as Kubernetes words them. */
final class Faults {
  private final List<Cause> found = new ArrayList<>();

  List<Cause> found() {
    return List.copyOf(found);
  }

  void required(String field, String why) {
    add("FieldValueRequired", why.isEmpty() ? "Required value" : "Required value: " + why, field);
  }

  /** The value is shown as Go shows it. */
  void invalid(String field, JsonNode value, String why) {
    add("FieldValueInvalid", "Invalid value: " + shown(value) + ": " + why, field);
  }

  void invalid(String field, String value, String why) {
    add("FieldValueInvalid", "Invalid value: " + quoted(value) + ": " + why, field);
  }

  /** Any of the sentences that a syntax check found wrong. */
  void invalid(String field, String value, List<String> whys) {
    for (String why : whys) invalid(field, value, why);
  }

  void unsupported(String field, String value, String... supported) {
    String all = List.of(supported).stream().map(Faults::quoted).collect(Collectors.joining(", "));
    add(
        "FieldValueNotSupported",
        "Unsupported value: " + quoted(value) + ": supported values: " + all,
        field);
  }

  void forbidden(String field, String why) {
    add("FieldValueForbidden", "Forbidden: " + why, field);
  }

  void duplicate(String field, JsonNode value) {
    add("FieldValueDuplicate", "Duplicate value: " + shown(value), field);
  }

  void notFound(String field, JsonNode value) {
    add("FieldValueNotFound", "Not found: " + shown(value), field);
  }

  void tooLong(String field, int most) {
    add("FieldValueTooLong", "Too long: may not be more than " + most + " bytes", field);
  }

  void tooMany(String field, int found, int most) {
    add(
        "FieldValueTooMany",
        "Too many: " + found + ": must have at most " + most + " items",
        field);
  }

  /** Required when absent or empty; whether it is there. */
  boolean present(String field, JsonNode value) {
    boolean empty =
        Tree.absent(value) || (value.isString() ? value.asString().isEmpty() : value.isEmpty());
    if (empty && !value.isNumber() && !value.isBoolean()) {
      required(field, "");
      return false;
    }
    return true;
  }

  /** One of the values; absence is somebody else's matter. */
  void oneOf(String field, JsonNode value, String... supported) {
    if (Tree.absent(value)) return;
    String text = value.asString("");
    if (!List.of(supported).contains(text)) unsupported(field, text, supported);
  }

  void notNegative(String field, JsonNode value) {
    if (value.isNumber() && value.asLong(0) < 0) {
      invalid(field, value, "must be greater than or equal to 0");
    }
  }

  /** A fault found elsewhere. */
  void add(Cause fault) {
    found.add(fault);
  }

  private void add(String reason, String message, String field) {
    found.add(new Cause(reason, message, field));
  }

  private static String shown(JsonNode value) {
    if (value.isString()) return quoted(value.asString());
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(each -> items.add(shown(each)));
      return "[]string{" + String.join(", ", items) + "}";
    }
    if (!value.isObject()) return value.isMissingNode() ? "null" : value.toString();
    Map<String, String> sorted = new TreeMap<>();
    value.properties().forEach(each -> sorted.put(each.getKey(), shown(each.getValue())));
    return sorted.entrySet().stream()
        .map(each -> quoted(each.getKey()) + ":" + each.getValue())
        .collect(Collectors.joining(", ", "map[string]string{", "}"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
