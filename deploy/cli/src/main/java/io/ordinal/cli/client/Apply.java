package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates the object, or changes what its manifest changed since it was last applied; on the client
 * or on the server.
 */
public final class Apply {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String OPTIONS = "?fieldManager=ordinal-apply&fieldValidation=Strict";
  private final ApiClient api;
  private final String namespace;
  private final Way way;
  private final Map<String, ObjectNode> resources = new HashMap<>();

  public Apply(ApiClient api) {
    this(api, "default", Way.byClient(Trial.NONE));
  }

  /**
   * @param namespace of objects that name none
   */
  public Apply(ApiClient api, String namespace, Way way) {
    this.api = api;
    this.namespace = namespace;
    this.way = way;
  }

  /** Who only says what would be done, if it is not to be done. */
  public enum Trial {
    NONE,
    CLIENT,
    SERVER
  }

  /**
   * How it is done.
   *
   * @param query of what is written
   */
  public record Way(boolean onServer, String query, Trial trial) {
    /** The client finds out what has changed. */
    public static Way byClient(Trial trial) {
      return new Way(false, OPTIONS + trying(trial), trial);
    }

    /**
     * The server merges.
     *
     * @param manager of the fields that are applied
     * @param force whether to take over those of others
     */
    public static Way onServer(String manager, boolean force, Trial trial) {
      String named = URLEncoder.encode(manager, StandardCharsets.UTF_8);
      String query = "?fieldManager=" + named + "&force=" + force + "&fieldValidation=Strict";
      return new Way(true, query + trying(trial), trial);
    }

    private static String trying(Trial trial) {
      return trial == Trial.SERVER ? "&dryRun=All" : "";
    }
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
      throw new BadManifest("the " + manifest.path("kind").asString() + " has no metadata.name");
    String collection = collection(manifest, resource, metadata);
    String shown =
        manifest.path("kind").asString().toLowerCase(java.util.Locale.ROOT)
            + group(manifest)
            + "/"
            + name;

    if (way.onServer()) {
      String path = collection + "/" + name + way.query();
      return new Result(shown + " serverside-applied", api.patch(path, APPLY, wanted));
    }
    metadata.withObjectProperty("annotations").put(LAST_APPLIED, lastApplied(wanted));
    return merged(shown, collection, name, wanted);
  }

  private Result merged(String shown, String collection, String name, ObjectNode wanted)
      throws IOException, InterruptedException {
    boolean writes = way.trial() != Trial.CLIENT;
    Optional<ObjectNode> live = api.get(collection + "/" + name);
    if (live.isEmpty()) {
      return new Result(
          shown + " created", writes ? api.post(collection + way.query(), wanted) : wanted);
    }
    ObjectNode patch = ThreeWayMerge.patch(appliedBefore(live.get()), wanted, live.get());
    if (patch.isEmpty()) return new Result(shown + " unchanged", live.get());
    String path = collection + "/" + name + way.query();
    return new Result(shown + " configured", writes ? api.mergePatch(path, patch) : live.get());
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
    throw new BadManifest(
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
