package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Client-side apply: creates the object, or changes what its manifest changed since it was last
 * applied.
 */
public final class Apply {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String OPTIONS = "?fieldManager=ordinal-apply&fieldValidation=Strict";
  private final ApiClient api;
  private final String namespace;
  private final String options;
  private final Map<String, ObjectNode> resources = new HashMap<>();

  public Apply(ApiClient api) {
    this(api, "default", false);
  }

  /**
   * @param namespace of objects that name none
   * @param dryRun whether the server shall only say what it would do
   */
  public Apply(ApiClient api, String namespace, boolean dryRun) {
    this.api = api;
    this.namespace = namespace;
    this.options = OPTIONS + (dryRun ? "&dryRun=All" : "");
  }

  /**
   * @param line what to print, such as {@code statefulset.apps/web created}
   * @param object as the server has it now
   */
  public record Result(String line, ObjectNode object) {}

  /** Applies one object to the namespace that it names, or to the one that is meant. */
  public Result apply(ObjectNode manifest) throws IOException, InterruptedException {
    JsonNode resource = resourceOf(manifest);
    ObjectNode wanted = manifest.deepCopy();
    ObjectNode metadata = wanted.withObjectProperty("metadata");
    String name = metadata.path("name").asString("");
    if (name.isEmpty())
      throw new IOException("the " + manifest.path("kind").asString() + " has no metadata.name");
    String collection = collection(manifest, resource, metadata);
    metadata.withObjectProperty("annotations").put(LAST_APPLIED, lastApplied(wanted));
    String shown =
        manifest.path("kind").asString().toLowerCase(java.util.Locale.ROOT)
            + group(manifest)
            + "/"
            + name;

    Optional<ObjectNode> live = api.get(collection + "/" + name);
    if (live.isEmpty())
      return new Result(shown + " created", api.post(collection + options, wanted));
    ObjectNode patch = ThreeWayMerge.patch(appliedBefore(live.get()), wanted, live.get());
    if (patch.isEmpty()) return new Result(shown + " unchanged", live.get());
    return new Result(
        shown + " configured", api.mergePatch(collection + "/" + name + options, patch));
  }

  private JsonNode resourceOf(ObjectNode manifest) throws IOException, InterruptedException {
    String apiVersion = manifest.path("apiVersion").asString("");
    String kind = manifest.path("kind").asString("");
    if (!resources.containsKey(apiVersion)) {
      resources.put(apiVersion, api.get(root(apiVersion)).orElseGet(Json::object));
    }
    for (JsonNode each : resources.get(apiVersion).path("resources")) {
      if (each.path("kind").asString("").equals(kind)
          && !each.path("name").asString("").contains("/")) return each;
    }
    throw new IOException(
        "no matches for kind \""
            + kind
            + "\" in version \""
            + apiVersion
            + "\"; ordinal api-resources lists what is served");
  }

  private String collection(ObjectNode manifest, JsonNode resource, ObjectNode metadata) {
    String root = root(manifest.path("apiVersion").asString(""));
    if (!resource.path("namespaced").asBoolean(false))
      return root + "/" + resource.path("name").asString();
    String where = metadata.path("namespace").asString(namespace);
    metadata.put("namespace", where);
    return root + "/namespaces/" + where + "/" + resource.path("name").asString();
  }

  private static String root(String apiVersion) {
    return apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
  }

  private static String group(ObjectNode manifest) {
    String apiVersion = manifest.path("apiVersion").asString("");
    return apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
  }

  private static JsonNode appliedBefore(ObjectNode live) {
    String text = live.path("metadata").path("annotations").path(LAST_APPLIED).asString("");
    return text.isEmpty() ? Json.object() : Json.object(text.getBytes(StandardCharsets.UTF_8));
  }

  /** In the very letters of kubectl, which otherwise finds that something has changed. */
  private static String lastApplied(ObjectNode wanted) {
    ObjectNode shown = (ObjectNode) sorted(wanted);
    shown.withObjectProperty("metadata").withObjectProperty("annotations").remove(LAST_APPLIED);
    return new String(Json.bytes(sorted(shown)), StandardCharsets.UTF_8) + "\n";
  }

  private static JsonNode sorted(JsonNode tree) {
    if (tree.isArray()) {
      ArrayNode sorted = Json.object().arrayNode();
      tree.forEach(each -> sorted.add(sorted(each)));
      return sorted;
    }
    if (!tree.isObject()) return tree;
    ObjectNode sorted = Json.object();
    tree.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> sorted.set(each.getKey(), sorted(each.getValue())));
    return sorted;
  }
}
