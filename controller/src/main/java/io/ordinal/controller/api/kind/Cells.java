package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What cells of several tables have in common. */
final class Cells {
  static final String NONE = "<none>";
  static final String UNSET = "<unset>";
  static final String UNKNOWN = "<unknown>";

  private Cells() {}

  static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  /** Status of a condition: True, False, Unknown, or empty when there is no such condition. */
  static String condition(ApiObject object, String type) {
    for (ObjectNode each : Tree.maps(object.status().path("conditions"))) {
      if (Tree.text(each, "type").equals(type)) return Tree.text(each, "status");
    }
    return "";
  }

  /** Short forms of access modes, each once, in the usual order. */
  static String accessModes(JsonNode modes) {
    List<String> given = new ArrayList<>();
    modes.forEach(each -> given.add(each.asString("")));
    List<String> shown = new ArrayList<>();
    if (given.contains("ReadWriteOnce")) shown.add("RWO");
    if (given.contains("ReadOnlyMany")) shown.add("ROX");
    if (given.contains("ReadWriteMany")) shown.add("RWX");
    if (given.contains("ReadWriteOncePod")) shown.add("RWOP");
    return String.join(",", shown);
  }

  /** A field of every map in a list, joined by commas. */
  static String joined(JsonNode list, String field) {
    return Tree.maps(list).stream()
        .map(each -> Tree.text(each, field))
        .collect(Collectors.joining(","));
  }

  /** Labels as a selector: {@code a=1,b=2}. */
  static String selector(JsonNode labels) {
    return labels.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + "=" + each.getValue().asString(""))
        .collect(Collectors.joining(","));
  }
}
