package io.ordinal.controller.api.openapi;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.schema.Shapes;
import io.ordinal.controller.document.Json;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is served, as OpenAPI tells it.
 *
 * @param v3 documents by path without a leading slash, such as {@code apis/apps/v1}
 * @param v2 one document of everything, in JSON
 * @param v2Protobuf the same in gnostic's protobuf, as kubectl asks for it
 */
public record OpenApiDocuments(Map<String, byte[]> v3, byte[] v2, byte[] v2Protobuf) {
  private static final String VERSION = "v1.32.0"; // Of Kubernetes, as /version tells it.

  /** Loads every class of the model, which takes about a second on a cold JVM. */
  public static OpenApiDocuments of(KindRegistry kinds) {
    Descriptions descriptions = Descriptions.load();
    Map<String, byte[]> documents = new TreeMap<>();
    kinds
        .byGroup()
        .forEach(
            (group, versions) ->
                versions.forEach(
                    (version, served) ->
                        documents.put(
                            PathWriter.root(group, version),
                            Json.bytes(document(served, descriptions)))));
    ObjectNode swagger = Swagger.of(document(kinds.all(), descriptions));
    return new OpenApiDocuments(documents, Json.bytes(swagger), Gnostic.bytes(swagger));
  }

  private static ObjectNode document(Collection<ResourceKind> kinds, Descriptions descriptions) {
    ObjectNode document = Json.object();
    document.put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", VERSION);
    ObjectNode paths = document.putObject("paths");
    SchemaWriter schemas = new SchemaWriter(descriptions);
    for (ResourceKind kind : kinds) {
      PathWriter.add(kind, paths);
      schemas.addKind(Shapes.of(kind.schema()), kind.group(), kind.version(), kind.kind());
    }
    document.putObject("components").set("schemas", schemas.schemas());
    return document;
  }
}
