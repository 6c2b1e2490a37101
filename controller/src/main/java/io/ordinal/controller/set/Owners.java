package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code metadata.ownerReferences}. */
final class Owners {
  private Owners() {}

  /** A controlling, blocking reference to that object. */
  static ObjectNode controlledBy(ApiObject owner) {
    return Json.object()
        .put("apiVersion", owner.apiVersion())
        .put("kind", owner.kind())
        .put("name", owner.name())
        .put("uid", owner.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  static void add(ObjectNode object, ObjectNode reference) {
    ObjectNode metadata = object.withObjectProperty("metadata");
    metadata.withArrayProperty("ownerReferences").add(reference);
  }

  /** Drops references to these uids, and the list when nothing is left of it. */
  static void remove(ObjectNode object, Set<String> uids) {
    if (!(object.path("metadata") instanceof ObjectNode metadata)) return;
    ArrayNode kept = metadata.arrayNode();
    for (JsonNode each : metadata.path("ownerReferences")) {
      if (!uids.contains(each.path("uid").asString(""))) kept.add(each);
    }
    if (kept.isEmpty()) {
      metadata.remove("ownerReferences");
    } else {
      metadata.set("ownerReferences", kept);
    }
  }
}
