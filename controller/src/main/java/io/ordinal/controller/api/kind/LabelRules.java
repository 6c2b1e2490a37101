package io.ordinal.controller.api.kind;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What labels, annotations and label selectors must be. */
final class LabelRules {
  private static final int MOST_ANNOTATIONS = 256 * 1024;

  private LabelRules() {}

  static void check(Faults faults, String path, JsonNode labels) {
    for (Map.Entry<String, JsonNode> each : labels.properties()) {
      String value = each.getValue().asString("");
      faults.invalid(path, each.getKey(), Syntax.qualifiedName(each.getKey()));
      faults.invalid(path, value, Syntax.labelValue(value));
    }
  }

  static void checkAnnotations(Faults faults, String path, JsonNode annotations) {
    long size = 0;
    for (Map.Entry<String, JsonNode> each : annotations.properties()) {
      String key = each.getKey();
      faults.invalid(path, key, Syntax.qualifiedName(key.toLowerCase(Locale.ROOT)));
      size += key.length() + each.getValue().asString("").length();
    }
    if (size > MOST_ANNOTATIONS) faults.tooLong(path, MOST_ANNOTATIONS);
  }

  static void checkSelector(Faults faults, String path, JsonNode selector) {
    check(faults, path + ".matchLabels", selector.path("matchLabels"));
    List<ObjectNode> expressions = Tree.maps(selector.path("matchExpressions"));
    for (int i = 0; i < expressions.size(); i++) {
      ObjectNode each = expressions.get(i);
      String at = path + ".matchExpressions[" + i + "]";
      String key = Tree.text(each, "key");
      faults.invalid(at + ".key", key, Syntax.qualifiedName(key));
      boolean valued = !each.path("values").isEmpty();
      for (int j = 0; j < each.path("values").size(); j++) {
        String value = each.path("values").path(j).asString("");
        faults.invalid(at + ".values[" + j + "]", value, Syntax.labelValue(value));
      }
      switch (Tree.text(each, "operator")) {
        case "In", "NotIn" -> {
          if (!valued) {
            faults.required(at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
          }
        }
        case "Exists", "DoesNotExist" -> {
          if (valued) {
            faults.forbidden(
                at + ".values",
                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
          }
        }
        default ->
            faults.invalid(
                at + ".operator", each.path("operator"), "not a valid selector operator");
      }
    }
  }

  /** Whether a valid selector takes an object with these labels. */
  static boolean matches(JsonNode selector, JsonNode labels) {
    for (Map.Entry<String, JsonNode> each : selector.path("matchLabels").properties()) {
      if (!each.getValue().equals(labels.get(each.getKey()))) return false;
    }
    return Tree.maps(selector.path("matchExpressions")).stream()
        .allMatch(each -> holds(each, labels));
  }

  private static boolean holds(ObjectNode expression, JsonNode labels) {
    JsonNode value = labels.path(Tree.text(expression, "key"));
    boolean there = !Tree.absent(value);
    boolean listed =
        StreamSupport.stream(expression.path("values").spliterator(), false)
            .anyMatch(value::equals);
    return switch (Tree.text(expression, "operator")) {
      case "In" -> there && listed;
      case "NotIn" -> !there || !listed;
      case "Exists" -> there;
      case "DoesNotExist" -> !there;
      default -> false;
    };
  }
}
