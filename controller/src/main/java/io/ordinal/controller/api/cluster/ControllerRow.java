package io.ordinal.controller.api.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A controller as it told of itself at its last start.
 *
 * @param id of its copy of the store
 */
record ControllerRow(
    UUID id, String name, String artery, String api, String management, String store) {
  static final String FAMILY = "controller";

  static ControllerRow of(StoredRecord record) {
    ObjectNode tree = Json.object(record.value());
    return new ControllerRow(
        UUID.fromString(record.key().id()),
        tree.required("name").asString(),
        tree.required("artery").asString(),
        tree.required("api").asString(),
        tree.required("management").asString(),
        tree.required("store").asString());
  }

  RecordKey key() {
    return new RecordKey(FAMILY, id.toString());
  }

  ObjectNode shown() {
    return Json.object()
        .put("id", id.toString())
        .put("name", name)
        .put("artery", artery)
        .put("api", api)
        .put("management", management)
        .put("store", store);
  }
}
