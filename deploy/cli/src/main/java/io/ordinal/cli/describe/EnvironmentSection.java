package io.ordinal.cli.describe;

import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** The variables of a container, and where they come from. */
final class EnvironmentSection {
  private static final int FIELD = 2;
  private static final int VALUE = 3;

  private static final List<String> LIMITED_BY_NODE = List.of("limits.cpu", "limits.memory");

  private final Sheet sheet;
  private final UnaryOperator<String> fields;

  /**
   * @param fields the value at a path in the pod; empty where it is not known
   */
  EnvironmentSection(Sheet sheet, UnaryOperator<String> fields) {
    this.sheet = sheet;
    this.fields = fields;
  }

  void write(JsonNode container) {
    JsonNode whole = container.path("envFrom");
    if (!whole.isEmpty()) sheet.line(FIELD, "Environment Variables from:");
    whole.forEach(this::all);
    JsonNode variables = container.path("env");
    if (variables.isEmpty()) sheet.line(FIELD, "Environment:", "<none>");
    else sheet.line(FIELD, "Environment:");
    variables.forEach(each -> one(container, each));
  }

  private void all(JsonNode source) {
    boolean map = source.path("configMapRef").isObject();
    JsonNode reference = source.path(map ? "configMapRef" : "secretRef");
    String prefix = Texts.of(source.path("prefix"));
    sheet.line(
        VALUE,
        Texts.of(reference.path("name")),
        (map ? "ConfigMap" : "Secret") + (prefix.isEmpty() ? "" : " with prefix '" + prefix + "'"),
        optional(reference));
  }

  private void one(JsonNode container, JsonNode variable) {
    String name = Texts.of(variable.path("name")) + ":";
    JsonNode from = variable.path("valueFrom");
    if (!from.isObject()) {
      String[] lines = Texts.of(variable.path("value")).split("\n", -1);
      sheet.line(VALUE, name, lines[0]);
      for (int i = 1; i < lines.length; i++) sheet.line(VALUE, "", lines[i]);
      return;
    }
    JsonNode field = from.path("fieldRef");
    JsonNode resource = from.path("resourceFieldRef");
    if (field.isObject()) {
      String path = Texts.of(field.path("fieldPath"));
      sheet.line(VALUE, name, fields.apply(path) + " (" + version(field) + ":" + path + ")");
    } else if (resource.isObject()) {
      String what = Texts.of(resource.path("resource"));
      String amount = amount(container, resource);
      boolean whole = amount.equals("0") && LIMITED_BY_NODE.contains(what);
      sheet.line(VALUE, name, (whole ? "node allocatable" : amount) + " (" + what + ")");
    } else {
      key(name, from);
    }
  }

  /** Nothing of a source that is neither, as kubectl has it. */
  private void key(String name, JsonNode from) {
    JsonNode secret = from.path("secretKeyRef");
    JsonNode map = from.path("configMapKeyRef");
    JsonNode found = secret.isObject() ? secret : map;
    if (!found.isObject()) return;
    String where = secret.isObject() ? "in secret" : "of config map";
    String key = Texts.of(found.path("key"));
    String object = Texts.of(found.path("name"));
    sheet.line(
        VALUE,
        name,
        "<set to the key '%s' %s '%s'>".formatted(key, where, object),
        optional(found));
  }

  private static String optional(JsonNode reference) {
    return "Optional: " + Texts.yes(reference.path("optional"));
  }

  private static String version(JsonNode field) {
    String version = Texts.of(field.path("apiVersion"));
    return version.isEmpty() ? "v1" : version;
  }

  /** As the variable has it: in units of its divisor, rounded up. */
  private static String amount(JsonNode container, JsonNode wanted) {
    String[] path = Texts.of(wanted.path("resource")).split("\\.", 2);
    JsonNode found = container.path("resources").path(path[0]).path(path.length > 1 ? path[1] : "");
    BigDecimal unit = Quantities.parse(wanted.path("divisor")).orElse(BigDecimal.ONE);
    if (unit.signum() == 0) unit = BigDecimal.ONE;
    BigDecimal all = Quantities.parse(found).orElse(BigDecimal.ZERO);
    return all.divide(unit, 0, RoundingMode.CEILING).toBigInteger().toString();
  }
}
