package io.ordinal.controller.api;

import io.ordinal.controller.api.kind.FieldCheck;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.write.FieldValidation;
import io.ordinal.controller.document.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Stands in for schemas where a test is not about them. */
final class TestSchemas {
  static final FieldValidation FIELDS =
      (kind, object) -> {
        FieldCheck.Findings found = FieldCheck.of(kind.schema(), object);
        return new FieldValidation.Findings(found.unknown(), found.mismatch());
      };

  /** As little as kubectl needs to leave the checking of fields to the server. */
  static final Map<String, byte[]> DOCUMENTS = documents();

  private TestSchemas() {}

  private static Map<String, byte[]> documents() {
    Map<String, ObjectNode> documents = new HashMap<>();
    for (ResourceKind kind : KindRegistry.standard().all()) {
      String path = (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
      ObjectNode document = documents.computeIfAbsent(path, none -> Json.object());
      document.put("openapi", "3.0.0");
      ObjectNode patch =
          document
              .withObject("/paths")
              .putObject("/" + path + "/" + kind.plural() + "/{name}")
              .putObject("patch");
      ObjectNode parameter = patch.putArray("parameters").addObject();
      parameter.put("name", "fieldValidation").put("in", "query");
      ObjectNode gvk = patch.putObject("x-kubernetes-group-version-kind");
      gvk.put("group", kind.group()).put("version", kind.version()).put("kind", kind.kind());
    }
    Map<String, byte[]> bytes = new HashMap<>();
    documents.forEach((path, document) -> bytes.put(path, Json.bytes(document)));
    return Map.copyOf(bytes);
  }
}
