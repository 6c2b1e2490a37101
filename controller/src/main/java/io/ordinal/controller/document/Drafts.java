package io.ordinal.controller.document;

import io.ordinal.controller.store.Draft;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints a tree so that the store can write the revision into it. */
final class Drafts {
  private Drafts() {}

  /**
   * Prints kind, apiVersion and metadata first, and resourceVersion first within metadata, so that
   * the hole's place is known while printing and cannot be mistaken for equal text elsewhere in the
   * document.
   */
  static Draft of(ObjectNode tree) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    int hole;
    try (JsonGenerator json = Json.mapper().createGenerator(out)) {
      json.writeStartObject();
      writeIfPresent(json, tree, "kind");
      writeIfPresent(json, tree, "apiVersion");
      json.writeName("metadata");
      json.writeStartObject();
      json.writeName("resourceVersion");
      json.writeString("");
      json.flush();
      hole = out.size() - 1;
      JsonNode metadata = tree.path("metadata");
      for (var field : metadata.properties()) {
        if (!field.getKey().equals("resourceVersion"))
          write(json, field.getKey(), field.getValue());
      }
      json.writeEndObject();
      for (var field : tree.properties()) {
        String name = field.getKey();
        if (!name.equals("kind") && !name.equals("apiVersion") && !name.equals("metadata")) {
          write(json, name, field.getValue());
        }
      }
      json.writeEndObject();
    }
    JsonNode metadata = tree.path("metadata");
    return new Draft(
        out.toByteArray(),
        hole,
        metadata.path("uid").asString(""),
        metadata.path("generation").asLong(0));
  }

  private static void writeIfPresent(JsonGenerator json, ObjectNode tree, String name) {
    if (tree.has(name)) write(json, name, tree.get(name));
  }

  private static void write(JsonGenerator json, String name, JsonNode value) {
    json.writeName(name);
    json.writeTree(value);
  }
}
