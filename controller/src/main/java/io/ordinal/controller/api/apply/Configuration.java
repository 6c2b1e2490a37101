package io.ordinal.controller.api.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds in a configuration what makes it unclear who would own what. Worded as in Kubernetes. */
final class Configuration {
  /** More faults than this are not told; the configuration is wrong from end to end anyway. */
  private static final int MOST = 100;

  private final List<String> faults = new ArrayList<>();

  private Configuration() {}

  static List<String> faults(ObjectNode configuration, Mode mode) {
    Configuration found = new Configuration();
    found.check(configuration, mode, FieldPath.TOP);
    return found.faults;
  }

  private void check(JsonNode value, Mode mode, FieldPath path) {
    switch (mode.kindOf(value)) {
      case WHOLE -> {} // Its type is checked with the object that comes of it.
      case MAP -> checkMap(value, mode, path);
      case LIST -> checkList(value, mode, path);
    }
  }

  private void checkMap(JsonNode map, Mode mode, FieldPath path) {
    for (Map.Entry<String, JsonNode> each : map.properties()) {
      FieldPath here = path.below("." + each.getKey());
      if (mode.isClosed() && !mode.declares(each.getKey())) {
        fault(here, "field not declared in schema");
      } else {
        check(each.getValue(), mode.field(each.getKey()), here);
      }
    }
  }

  private void checkList(JsonNode list, Mode mode, FieldPath path) {
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (JsonNode each : list) {
      FieldPath here = path.below(": element " + index++);
      String wrong = mode.isKeyed() ? keyed(each, mode) : plain(each);
      if (!wrong.isEmpty()) {
        fault(here, wrong);
        continue;
      }
      String identity = mode.identity(each);
      String shown = PathElement.shown(identity);
      if (!seen.add(identity)) fault(path, "duplicate entries for key " + shown);
      check(each, mode.element(), path.below(shown));
    }
  }

  private static String keyed(JsonNode element, Mode mode) {
    if (element.isNull()) return "associative list with keys may not have a null element";
    if (!element.isObject()) return "associative list with keys may not have non-map elements";
    String missing = mode.missingKey(element);
    if (missing.isEmpty()) return "";
    return "associative list with keys has an element that omits key field \""
        + missing
        + "\" (and doesn't have default value)";
  }

  private static String plain(JsonNode element) {
    if (element.isNull()) {
      return "associative list without keys has an element that's an explicit null";
    }
    return element.isContainer()
        ? "associative list without keys has an element that's a map type"
        : "";
  }

  private void fault(FieldPath path, String what) {
    if (faults.size() < MOST) faults.add(path.text() + ": " + what);
  }
}
