package io.ordinal.cli.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Everything about one object, indented for people, without what terminals would obey. Pure. */
public final class Description {
  private static final Set<String> UNSHOWN =
      Set.of("managedFields", "resourceVersion", "selfLink", "generateName");
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final Set<String> NAMED_BY_USERS =
      Set.of(
          "Data",
          "Binary Data",
          "Labels",
          "Annotations",
          "Match Labels",
          "Node Selector",
          "Selector",
          "Limits",
          "Requests",
          "Capacity",
          "Allocatable",
          "Parameters");
  private static final int STEP = 2;

  private final List<String> lines = new ArrayList<>();

  private Description() {}

  /** The object's fields, metadata first; without what only programs want. */
  public static List<String> of(JsonNode object) {
    Description text = new Description();
    JsonNode metadata = object.path("metadata");
    text.field(0, "Name", metadata.path("name"));
    if (metadata.has("namespace")) text.field(0, "Namespace", metadata.path("namespace"));
    text.field(0, "API Version", object.path("apiVersion"));
    text.field(0, "Kind", object.path("kind"));
    text.pairs("Labels", metadata.path("labels"), "=");
    text.pairs("Annotations", metadata.path("annotations"), ": ");
    for (Map.Entry<String, JsonNode> each : metadata.properties()) {
      boolean told = Set.of("name", "namespace", "labels", "annotations").contains(each.getKey());
      if (!told && !UNSHOWN.contains(each.getKey())) {
        text.field(0, title(each.getKey()), each.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      if (Set.of("apiVersion", "kind", "metadata").contains(each.getKey())) continue;
      text.field(0, title(each.getKey()), hidden(object, each.getKey(), each.getValue()));
    }
    return text.lines.stream().map(Printable::of).toList();
  }

  /** Of a Secret only how long its values are. */
  private static JsonNode hidden(JsonNode object, String field, JsonNode value) {
    if (!object.path("kind").asString("").equals("Secret") || !field.equals("data")) return value;
    var sizes = io.ordinal.controller.document.Json.object();
    value
        .properties()
        .forEach(
            each -> {
              int bytes = java.util.Base64.getDecoder().decode(each.getValue().asString("")).length;
              sizes.put(each.getKey(), bytes + " bytes");
            });
    return sizes;
  }

  private void pairs(String title, JsonNode map, String between) {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : map.properties()) {
      if (each.getKey().equals(LAST_APPLIED)) continue;
      pairs.add(each.getKey() + between + each.getValue().asString(""));
    }
    if (pairs.isEmpty()) pairs.add("<none>");
    String indent = " ".repeat(title.length() + 2);
    for (int i = 0; i < pairs.size(); i++) {
      lines.add((i == 0 ? title + ": " : indent) + pairs.get(i));
    }
  }

  private void field(int depth, String title, JsonNode value) {
    String indent = " ".repeat(depth * STEP);
    if (value.isObject()) {
      lines.add(indent + title + ":" + (value.isEmpty() ? "  <none>" : ""));
      value.properties().forEach(each -> field(depth + 1, key(title, each), each.getValue()));
    } else if (value.isArray()) {
      lines.add(indent + title + ":" + (value.isEmpty() ? "  <none>" : ""));
      for (JsonNode each : value) element(depth + 1, each);
    } else {
      text(indent + title + ":  ", value.isNull() ? "<none>" : value.asString(""));
    }
  }

  /** Titles are for fields; the keys of what users named stay theirs. */
  private static String key(String parent, Map.Entry<String, JsonNode> field) {
    return NAMED_BY_USERS.contains(parent) ? field.getKey() : title(field.getKey());
  }

  private void element(int depth, JsonNode value) {
    if (!value.isObject()) {
      text(" ".repeat(depth * STEP), value.asString(""));
      return;
    }
    int first = lines.size();
    value.properties().forEach(each -> field(depth + 1, title(each.getKey()), each.getValue()));
    if (lines.size() > first) {
      String mark = " ".repeat(depth * STEP) + "- ";
      lines.set(first, mark + lines.get(first).substring(mark.length()));
    }
  }

  private void text(String before, String value) {
    String[] parts = value.strip().split("\n");
    lines.add(before + parts[0]);
    String indent = " ".repeat(before.length());
    for (int i = 1; i < parts.length; i++) lines.add(indent + parts[i]);
  }

  /** {@code volumeClaimTemplates} as {@code Volume Claim Templates}. */
  static String title(String field) {
    String spaced = field.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }
}
