package io.ordinal.cli.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A {@code meta.k8s.io/v1} Table as people want it: some of its columns, and more before and after.
 */
public final class ServerTable {
  /** The header that asks for it. */
  public static final String ACCEPT = "application/json;as=Table;v=v1;g=meta.k8s.io";

  /**
   * What is shown besides the usual columns.
   *
   * @param wide columns of lower priority too
   * @param namespaces whose object each row is
   * @param prefix before each name, such as {@code pod/}
   */
  public record Look(
      boolean wide, boolean namespaces, boolean labels, boolean headers, String prefix) {}

  private final Look look;
  private final TextTable text = new TextTable();
  private List<Boolean> shown = List.of();
  private boolean headed;

  public ServerTable(Look look) {
    this.look = look;
  }

  /** The lines of a table, with the header before the first ones if it is wanted. */
  public List<String> lines(JsonNode table) {
    List<List<String>> rows = new ArrayList<>();
    JsonNode columns = table.path("columnDefinitions");
    if (!columns.isEmpty()) {
      shown = new ArrayList<>();
      columns.forEach(each -> shown.add(look.wide() || each.path("priority").asInt(0) == 0));
      if (look.headers() && !headed) rows.add(head(columns));
      headed = true;
    }
    table.path("rows").forEach(row -> rows.add(row(row)));
    return text.lines(rows);
  }

  private List<String> head(JsonNode columns) {
    List<String> cells = new ArrayList<>();
    if (look.namespaces()) cells.add("NAMESPACE");
    for (int i = 0; i < columns.size(); i++) {
      if (shown.get(i)) {
        cells.add(columns.get(i).path("name").asString("").toUpperCase(java.util.Locale.ROOT));
      }
    }
    if (look.labels()) cells.add("LABELS");
    return cells;
  }

  private List<String> row(JsonNode row) {
    JsonNode metadata = row.path("object").path("metadata");
    List<String> cells = new ArrayList<>();
    if (look.namespaces()) cells.add(metadata.path("namespace").asString(""));
    JsonNode given = row.path("cells");
    for (int i = 0; i < given.size(); i++) {
      if (!shown.get(i)) continue;
      cells.add((i == 0 ? look.prefix() : "") + cell(given.get(i)));
    }
    if (look.labels()) cells.add(labels(metadata.path("labels")));
    return cells;
  }

  private static String cell(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asString() : "<none>";
  }

  private static String labels(JsonNode labels) {
    if (labels.isEmpty()) return "<none>";
    Map<String, String> sorted = new TreeMap<>();
    labels.properties().forEach(each -> sorted.put(each.getKey(), each.getValue().asString("")));
    return sorted.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(","));
  }
}
