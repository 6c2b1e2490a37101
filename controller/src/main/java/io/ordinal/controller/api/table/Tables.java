package io.ordinal.controller.api.table;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes {@code meta.k8s.io/v1} Tables of objects of one kind. */
public final class Tables {
  /** What a row carries of its object. */
  public enum Include {
    NONE,
    METADATA,
    OBJECT
  }

  private final ResourceKind kind;
  private final Include include;

  public Tables(ResourceKind kind, Include include) {
    this.kind = kind;
    this.include = include;
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException for an unknown value
   */
  public static Include include(Query query) {
    String asked = query.get("includeObject").orElse("Metadata");
    return switch (asked) {
      case "None" -> Include.NONE;
      case "Metadata" -> Include.METADATA;
      case "Object" -> Include.OBJECT;
      default -> throw Refusal.badRequest("unrecognized includeObject value: \"" + asked + "\"");
    };
  }

  /**
   * @param objects are taken one by one; of each no more is held than its row has
   * @param headed whether the column definitions stand in it: once in a watch, otherwise always
   */
  public ObjectNode table(
      Iterable<ApiObject> objects, String resourceVersion, boolean headed, Instant now) {
    ObjectNode table = Json.object();
    table.put("kind", "Table");
    table.put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", resourceVersion);
    if (headed) table.set("columnDefinitions", columns());
    else table.putNull("columnDefinitions");
    ArrayNode rows = table.putArray("rows");
    for (ApiObject object : objects) rows.add(row(object, now));
    return table;
  }

  private ArrayNode columns() {
    ArrayNode columns = Json.mapper().createArrayNode();
    for (ResourceKind.Column column : kind.columns()) {
      ObjectNode entry = columns.addObject();
      entry.put("name", column.name());
      entry.put("type", column.type());
      entry.put("format", column.format());
      entry.put("description", column.description());
      entry.put("priority", column.priority());
    }
    return columns;
  }

  /** One row of a table. */
  public ObjectNode row(ApiObject object, Instant now) {
    ObjectNode row = Json.object();
    ArrayNode cells = row.putArray("cells");
    for (Object cell : kind.cells(object, now)) cells.addPOJO(cell);
    switch (include) {
      case NONE -> row.putNull("object");
      case METADATA -> row.set("object", Partial.of(object.tree()));
      case OBJECT -> row.set("object", object.tree());
    }
    return row;
  }
}
