package io.ordinal.controller.api.kind;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finalizers that the server adds. */
final class Finalizers {
  private Finalizers() {}

  static void add(ObjectNode object, String finalizer) {
    ObjectNode metadata = Tree.ensure(object, "metadata");
    if (!metadata.path("finalizers").isArray()) metadata.putArray("finalizers");
    ArrayNode finalizers = (ArrayNode) metadata.get("finalizers");
    for (JsonNode each : finalizers) {
      if (each.asString("").equals(finalizer)) return;
    }
    finalizers.add(finalizer);
  }
}
