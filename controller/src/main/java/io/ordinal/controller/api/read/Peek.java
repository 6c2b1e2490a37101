package io.ordinal.controller.api.read;

import io.ordinal.controller.document.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** Reads the beginning of a stored document, where its metadata stands. */
public final class Peek {
  private Peek() {}

  /** Kind, apiVersion and metadata; the rest is not looked at. */
  public static ObjectNode metadata(byte[] document) {
    ObjectNode found = Json.object();
    try (JsonParser parser = Json.mapper().createParser(document)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        found.set(name, parser.readValueAsTree());
        if (name.equals("metadata")) break; // Stored documents begin with these three.
      }
    }
    return found;
  }
}
