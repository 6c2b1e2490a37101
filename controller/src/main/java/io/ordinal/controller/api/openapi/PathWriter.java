package io.ordinal.controller.api.openapi;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.schema.Shapes;
import io.ordinal.controller.document.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what can be done with a kind, by the paths of its objects and of its collection.
 *
 * <p>{@code fieldValidation} tells kubectl to leave the checking of fields to the server; that a
 * strategic merge is among the bodies of PATCH, to compute it by these documents. The server merges
 * by the same rules.
 */
final class PathWriter {
  /** Methods by the verbs of discovery. */
  private static final Map<String, String> ON_OBJECT =
      Map.of("get", "get", "update", "put", "patch", "patch", "delete", "delete");

  private static final Map<String, String> ON_COLLECTION =
      Map.of("list", "get", "create", "post", "deletecollection", "delete");

  /** What Kubernetes calls them where it has another word than discovery. */
  private static final Map<String, String> ACTIONS = Map.of("create", "post", "update", "put");

  private static final List<String> PATCHES =
      List.of(
          "apply-patch+yaml", "json-patch+json", "merge-patch+json", "strategic-merge-patch+json");

  private PathWriter() {}

  static void add(ResourceKind kind, ObjectNode paths) {
    String namespace = kind.namespaced() ? "/namespaces/{namespace}" : "";
    String collection = "/" + root(kind.group(), kind.version()) + namespace + "/" + kind.plural();
    item(kind, ON_COLLECTION, List.of(), paths, collection);
    item(kind, ON_OBJECT, List.of("name"), paths, collection + "/{name}");
  }

  /** The path of a group and version, without a leading slash. */
  static String root(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  private static void item(
      ResourceKind kind,
      Map<String, String> methods,
      List<String> names,
      ObjectNode paths,
      String path) {
    List<String> served = verbs(kind).filter(methods::containsKey).toList();
    if (served.isEmpty()) return;
    ObjectNode item = paths.putObject(path);
    ArrayNode parameters = item.putArray("parameters");
    names.forEach(name -> parameters.add(parameter(name, "path").put("required", true)));
    if (kind.namespaced()) parameters.add(parameter("namespace", "path").put("required", true));
    served.forEach(verb -> item.set(methods.get(verb), operation(kind, verb)));
  }

  /**
   * By its PATCH kubectl tells whether fields of a kind are checked, so reviews, which are posted
   * and never patched, have one here, too. On a server of Kubernetes kubectl finds that out by the
   * list of custom resources.
   */
  private static Stream<String> verbs(ResourceKind kind) {
    boolean posted = !kind.isStored() && kind.verbs().contains("create");
    return posted ? Stream.of("create", "patch") : kind.verbs().stream();
  }

  private static ObjectNode operation(ResourceKind kind, String verb) {
    ObjectNode operation = Json.object();
    operation.put("operationId", verb + kind.group() + kind.version() + kind.kind());
    operation.put("x-kubernetes-action", ACTIONS.getOrDefault(verb, verb));
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
    ArrayNode parameters = operation.putArray("parameters");
    queries(verb).forEach(name -> parameters.add(parameter(name, "query")));
    if (verb.equals("patch") && kind.isStored()) patches(kind, operation.putObject("requestBody"));
    ObjectNode answer = operation.putObject("responses").putObject("200");
    answer.put("description", "OK");
    boolean whole = !verb.equals("list") && !verb.startsWith("delete");
    if (!whole) return operation;
    answer
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", SchemaWriter.reference(Shapes.of(kind.schema())));
    return operation;
  }

  /** Programs know the types of Kubernetes; ours are merged without their help. */
  private static void patches(ResourceKind kind, ObjectNode body) {
    ObjectNode content = body.putObject("content");
    for (String type : PATCHES) {
      boolean strategic = type.equals("strategic-merge-patch+json");
      if (strategic && kind.group().equals("ordinal.io")) continue;
      content
          .putObject("application/" + type)
          .putObject("schema")
          .put("$ref", "#/components/schemas/" + SchemaWriter.PATCH);
    }
  }

  private static List<String> queries(String verb) {
    return switch (verb) {
      case "create", "update", "patch" -> List.of("dryRun", "fieldManager", "fieldValidation");
      case "list" -> List.of("continue", "fieldSelector", "labelSelector", "limit", "watch");
      case "deletecollection" -> List.of("dryRun", "fieldSelector", "labelSelector");
      case "delete" -> List.of("dryRun");
      default -> List.of();
    };
  }

  private static ObjectNode parameter(String name, String in) {
    ObjectNode parameter = Json.object().put("name", name).put("in", in);
    parameter.putObject("schema").put("type", "string").put("uniqueItems", true);
    return parameter;
  }
}
