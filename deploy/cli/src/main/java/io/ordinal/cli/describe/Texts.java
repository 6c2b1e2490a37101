package io.ordinal.cli.describe;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Values as kubectl writes them. */
final class Texts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  /** In place of what the user may not read; kubectl says it of the pods of a node. */
  static final String FORBIDDEN = "not authorized";

  private Texts() {}

  static String of(JsonNode value) {
    return value.asString("");
  }

  static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  /** {@code True}, {@code False}; absent is false. */
  static String truth(JsonNode value) {
    return value.asBoolean(false) ? "True" : "False";
  }

  static String yes(JsonNode value) {
    return Boolean.toString(value.asBoolean(false));
  }

  /** As {@code [a b]}. */
  static String bracketed(JsonNode list) {
    return "[" + String.join(" ", list(list)) + "]";
  }

  static List<String> list(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.forEach(each -> found.add(of(each)));
    return found;
  }

  /** By name. */
  static Map<String, String> map(JsonNode map) {
    Map<String, String> found = new TreeMap<>();
    map.properties().forEach(each -> found.put(each.getKey(), of(each.getValue())));
    return found;
  }

  /** Of RFC 3339 text, in this machine's zone; what is no time is of the year 1. */
  static String time(JsonNode value) {
    String text = of(value);
    if (text.isEmpty()) return "Mon, 01 Jan 0001 00:00:00 +0000";
    return TIME.format(Instant.parse(text).atZone(ZoneId.systemDefault()));
  }

  /** Such as {@code RWO,ROX}. */
  static String accessModes(JsonNode modes) {
    List<String> brief = new ArrayList<>();
    for (String each : list(modes)) {
      brief.add(
          switch (each) {
            case "ReadWriteOnce" -> "RWO";
            case "ReadOnlyMany" -> "ROX";
            case "ReadWriteMany" -> "RWX";
            case "ReadWriteOncePod" -> "RWOP";
            default -> each;
          });
    }
    return String.join(",", brief);
  }

  /** A selector as {@code a=b,c in (d,e)}. */
  static String selector(JsonNode selector) {
    List<String> terms = new ArrayList<>();
    map(selector.path("matchLabels")).forEach((key, value) -> terms.add(key + "=" + value));
    for (JsonNode each : selector.path("matchExpressions")) {
      String key = of(each.path("key"));
      List<String> sorted = list(each.path("values")).stream().sorted().toList();
      String values = "(" + String.join(",", sorted) + ")";
      terms.add(
          switch (of(each.path("operator"))) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "DoesNotExist" -> "!" + key;
            default -> key;
          });
    }
    return orNone(String.join(",", terms));
  }
}
