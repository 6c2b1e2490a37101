package io.ordinal.cli.describe;

import io.ordinal.controller.document.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Labels, annotations, taints and tolerations: one below the other. */
final class Marks {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final int LONGEST = 140;

  private Marks() {}

  static void labels(Sheet sheet, int depth, String title, JsonNode labels) {
    sheet.values(
        depth,
        title,
        Texts.map(labels).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  static void annotations(Sheet sheet, int depth, String title, JsonNode annotations) {
    List<String> values = new ArrayList<>();
    for (Map.Entry<String, String> each : Texts.map(annotations).entrySet()) {
      if (each.getKey().equals(LAST_APPLIED)) continue;
      String value = each.getValue().replaceFirst("\n$", "");
      String line = each.getKey() + ": " + value;
      if (line.length() <= LONGEST && !value.contains("\n")) {
        values.add(line);
        continue;
      }
      values.add(each.getKey() + ":");
      for (String part : value.split("\n", -1)) values.add("  " + shortened(part));
    }
    sheet.values(depth, title, values);
  }

  private static String shortened(String line) {
    int most = LONGEST - 2;
    if (line.length() <= most) return line;
    return Piece.first(line, most) + "...";
  }

  static void taints(Sheet sheet, JsonNode taints) {
    List<String> values = new ArrayList<>();
    for (JsonNode each : taints) {
      String value = Texts.of(each.path("value"));
      values.add(
          Texts.of(each.path("key"))
              + (value.isEmpty() ? "" : "=" + value)
              + ":"
              + Texts.of(each.path("effect")));
    }
    sheet.values(0, "Taints", values);
  }

  static void tolerations(Sheet sheet, int depth, JsonNode tolerations) {
    sheet.values(
        depth,
        "Tolerations",
        tolerations
            .valueStream()
            .sorted(Comparator.comparing(each -> Texts.of(each.path("key"))))
            .map(Marks::toleration)
            .toList());
  }

  private static String toleration(JsonNode toleration) {
    String value = Texts.of(toleration.path("value"));
    String effect = Texts.of(toleration.path("effect"));
    String text = Texts.of(toleration.path("key"));
    if (!value.isEmpty()) text += "=" + value;
    if (!effect.isEmpty()) text += ":" + effect;
    boolean exists = Texts.of(toleration.path("operator")).equals("Exists") && value.isEmpty();
    if (exists) text += text.isEmpty() ? "op=Exists" : " op=Exists";
    JsonNode seconds = toleration.path("tolerationSeconds");
    return seconds.isNumber() ? text + " for " + seconds.asLong() + "s" : text;
  }
}
