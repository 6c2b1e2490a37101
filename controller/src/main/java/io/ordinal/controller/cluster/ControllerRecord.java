package io.ordinal.controller.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a controller tells of itself at each of its starts, for the others and for people.
 *
 * @param id of its copy of the store; it keeps it for life
 * @param name of the machine, as in {@code kubectl get nodes}
 * @param seat its actor system
 * @param api where clients reach it, such as {@code https://10.0.0.1:6443}
 * @param management host and port of readiness, liveness and cluster members
 * @param store host and port of its copy of the store
 * @param drills whether its settings let drills do anything to it
 */
public record ControllerRecord(
    UUID id, String name, Seat seat, String api, String management, String store, boolean drills) {
  static final String FAMILY = "controller";

  static RecordKey key(UUID id) {
    return new RecordKey(FAMILY, id.toString());
  }

  RecordKey key() {
    return key(id);
  }

  byte[] bytes() {
    ObjectNode tree = Json.object();
    tree.put("name", name)
        .put("artery", seat.place())
        .put("uid", seat.uid())
        .put("api", api)
        .put("management", management)
        .put("store", store)
        .put("drills", drills);
    return Json.bytes(tree);
  }

  static ControllerRecord of(StoredRecord record) {
    ObjectNode tree = Json.object(record.value());
    return new ControllerRecord(
        UUID.fromString(record.key().id()),
        text(tree, "name"),
        new Seat(text(tree, "artery"), tree.path("uid").asLong()),
        text(tree, "api"),
        text(tree, "management"),
        text(tree, "store"),
        tree.path("drills").asBoolean(true)); // Older ones do not say; their answer tells.
  }

  private static String text(JsonNode tree, String field) {
    JsonNode value = tree.get(field);
    if (value == null || !value.isString())
      throw new IllegalArgumentException("a controller's record without '" + field + "'");
    return value.asString();
  }
}
