package io.ordinal.controller.api.table;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Prints single objects in the form that a client asked for. */
public final class Form {
  private Form() {}

  /**
   * @param document a stored document of the call's kind, or of another kind (a Scale, a Status),
   *     which has no Table form here and is answered as it is
   */
  public static byte[] print(Call call, byte[] document, Instant now) {
    return switch (call.form()) {
      case OBJECT -> document;
      case PARTIAL -> Json.bytes(Partial.of(Json.object(document)));
      case TABLE -> table(call, document, now);
    };
  }

  private static byte[] table(Call call, byte[] document, Instant now) {
    ObjectNode tree = Json.object(document);
    ResourceKind kind = call.kind();
    if (!tree.path("kind").asString("").equals(kind.kind())) return document;
    ApiObject object = new ApiObject(tree);
    Tables tables = new Tables(kind, Tables.include(call.query()));
    return Json.bytes(tables.table(List.of(object), object.resourceVersion(), true, now));
  }
}
