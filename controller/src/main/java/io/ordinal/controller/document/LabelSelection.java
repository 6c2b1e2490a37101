package io.ordinal.controller.document;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A {@code LabelSelector}, applied to labels. */
public final class LabelSelection {
  private LabelSelection() {}

  /** An empty selector takes everything. */
  public static boolean matches(JsonNode selector, Map<String, String> labels) {
    for (var wanted : selector.path("matchLabels").properties()) {
      if (!wanted.getValue().asString("").equals(labels.get(wanted.getKey()))) return false;
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      if (!holds(expression, labels)) return false;
    }
    return true;
  }

  private static boolean holds(JsonNode expression, Map<String, String> labels) {
    String found = labels.get(expression.path("key").asString(""));
    Set<String> values = new HashSet<>();
    expression.path("values").forEach(each -> values.add(each.asString("")));
    return switch (expression.path("operator").asString("")) {
      case "In" -> found != null && values.contains(found);
      case "NotIn" -> found == null || !values.contains(found);
      case "Exists" -> found != null;
      case "DoesNotExist" -> found == null;
      default -> false; // Refused by validation; matching nothing is the cautious reading.
    };
  }
}
