package io.ordinal.controller.api.openapi;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.schema.Shapes;
import io.ordinal.controller.document.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one document for every group and version.
 *
 * <p>The body of PATCH is left out on purpose: kubectl then computes strategic merges with the
 * types compiled into it, which are complete. {@code fieldValidation} is there, so that it leaves
 * the checking of fields to the server.
 */
public final class OpenApiDocuments {
  private static final String VERSION = "v1.32.0"; // Of Kubernetes, as /version tells it.

  private OpenApiDocuments() {}

  /**
   * Loads every class of the model, which takes about a second on a cold JVM.
   *
   * @return documents by path without a leading slash, such as {@code apis/apps/v1}
   */
  public static Map<String, byte[]> of(KindRegistry kinds) {
    Map<String, byte[]> documents = new TreeMap<>();
    kinds
        .byGroup()
        .forEach(
            (group, versions) ->
                versions.forEach(
                    (version, served) ->
                        documents.put(root(group, version), Json.bytes(document(served)))));
    return documents;
  }

  private static ObjectNode document(List<ResourceKind> kinds) {
    ObjectNode document = Json.object();
    document.put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", VERSION);
    ObjectNode paths = document.putObject("paths");
    SchemaWriter schemas = new SchemaWriter(Descriptions.load());
    for (ResourceKind kind : kinds) {
      ObjectNode item = paths.putObject(path(kind));
      item.set("parameters", pathParameters(kind));
      item.set("get", operation(kind, "get"));
      item.set("patch", operation(kind, "patch"));
      schemas.addKind(Shapes.of(kind.schema()), kind.group(), kind.version(), kind.kind());
    }
    document.putObject("components").set("schemas", schemas.schemas());
    return document;
  }

  private static ObjectNode operation(ResourceKind kind, String verb) {
    ObjectNode operation = Json.object();
    operation.put("operationId", verb + kind.kind());
    operation.put("x-kubernetes-action", verb);
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
    ArrayNode parameters = operation.putArray("parameters");
    if (verb.equals("patch")) {
      for (String name : List.of("dryRun", "fieldManager", "fieldValidation")) {
        parameters.add(parameter(name, "query"));
      }
    }
    ObjectNode content = operation.putObject("responses").putObject("200");
    content.put("description", "OK");
    content
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", SchemaWriter.reference(Shapes.of(kind.schema())));
    return operation;
  }

  private static ArrayNode pathParameters(ResourceKind kind) {
    ArrayNode parameters = Json.mapper().createArrayNode();
    parameters.add(parameter("name", "path").put("required", true));
    if (kind.namespaced()) parameters.add(parameter("namespace", "path").put("required", true));
    return parameters;
  }

  private static ObjectNode parameter(String name, String in) {
    ObjectNode parameter = Json.object().put("name", name).put("in", in);
    parameter.putObject("schema").put("type", "string").put("uniqueItems", true);
    return parameter;
  }

  private static String path(ResourceKind kind) {
    String namespace = kind.namespaced() ? "/namespaces/{namespace}" : "";
    return "/" + root(kind.group(), kind.version()) + namespace + "/" + kind.plural() + "/{name}";
  }

  private static String root(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }
}
