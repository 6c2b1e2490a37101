package io.ordinal.controller.api.table;

import io.ordinal.controller.document.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects without all but their metadata. */
public final class Partial {
  private Partial() {}

  public static ObjectNode of(ObjectNode object) {
    ObjectNode partial = Json.object();
    partial.put("kind", "PartialObjectMetadata");
    partial.put("apiVersion", "meta.k8s.io/v1");
    JsonNode metadata = object.path("metadata");
    if (metadata.isObject()) partial.set("metadata", metadata);
    return partial;
  }
}
