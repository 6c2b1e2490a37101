package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The annotation in which an apply on the client leaves what it applied. Pure. */
final class LastAppliedText {
  static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private LastAppliedText() {}

  /** Empty where there is none. */
  static String in(JsonNode object) {
    return object.path("metadata").path("annotations").path(ANNOTATION).asString("");
  }

  /** What it says; empty where there is none. */
  static ObjectNode read(JsonNode object) {
    String text = in(object);
    return text.isEmpty() ? Json.object() : Json.object(text.getBytes(StandardCharsets.UTF_8));
  }

  /** In the very letters of kubectl, which otherwise finds that something has changed. */
  static String of(ObjectNode wanted) {
    ObjectNode shown = wanted.deepCopy();
    shown.withObjectProperty("metadata").withObjectProperty("annotations").remove(ANNOTATION);
    return new String(Json.sortedBytes(shown), StandardCharsets.UTF_8) + "\n";
  }
}
