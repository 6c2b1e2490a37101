package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates the object, or changes what its manifest changed since it was last applied; on the client
 * or on the server.
 */
public final class Apply {
  /**
   * As kubectl is known to the server, which lets its two ways of applying take over from each
   * other.
   */
  private static final String ON_CLIENT = "kubectl-client-side-apply";

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
   * @param manager of the fields that are written
   * @param query of what is written
   */
  public record Way(boolean onServer, String manager, String query, Trial trial) {
    /** The client finds out what has changed. */
    public static Way byClient(Trial trial) {
      String query = "?fieldManager=" + ON_CLIENT + "&fieldValidation=Strict";
      return new Way(false, ON_CLIENT, query + trying(trial), trial);
    }

    /**
     * The server merges.
     *
     * @param manager of the fields that are applied
     * @param force whether to take over those of others
     */
    public static Way onServer(String manager, boolean force, Trial trial) {
      String query =
          "?fieldManager=" + encoded(manager) + "&force=" + force + "&fieldValidation=Strict";
      return new Way(true, manager, query + trying(trial), trial);
    }

    static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String trying(Trial trial) {
      return trial == Trial.SERVER ? "&dryRun=All" : "";
    }
  }

  /**
   * @param line what to print, such as {@code statefulset.apps/web created}
   * @param object as the server has it now
   * @param warnings for people, without a word before them
   */
  public record Result(String line, ObjectNode object, List<String> warnings) {}

  /** Applies one object to the namespace that it names, or to the one that is meant. */
  public Result apply(Manifest manifest) throws IOException, InterruptedException {
    JsonNode resource = resourceOf(manifest);
    ObjectNode wanted = manifest.object().deepCopy();
    ObjectNode metadata = wanted.withObjectProperty("metadata");
    String name = metadata.path("name").asString("");
    if (name.isEmpty())
      throw new BadManifest(
          "the " + manifest.text("kind") + " in " + manifest.place() + " has no metadata.name");
    String collection = collection(manifest, resource, metadata);
    String shown =
        manifest.text("kind").toLowerCase(java.util.Locale.ROOT) + group(manifest) + "/" + name;
    try {
      if (way.onServer()) {
        ObjectNode applied = new ServerSide(api, way).apply(collection + "/" + name, wanted);
        return new Result(shown + " serverside-applied", applied, List.of());
      }
      metadata
          .withObjectProperty("annotations")
          .put(LastAppliedText.ANNOTATION, LastAppliedText.of(wanted));
      return merged(shown, collection, name, wanted);
    } catch (ApiFailure refused) {
      ApiFailure of = way.onServer() ? refused : refused.about(manifest.text("kind"), name);
      throw of.when("error when applying " + manifest.place());
    }
  }

  private Result merged(String shown, String collection, String name, ObjectNode wanted)
      throws IOException, InterruptedException {
    boolean writes = way.trial() != Trial.CLIENT;
    Optional<ObjectNode> found = api.get(collection + "/" + name);
    if (found.isEmpty()) {
      ObjectNode made = writes ? api.post(collection + way.query(), wanted) : wanted;
      return new Result(shown + " created", made, List.of());
    }
    ObjectNode live = found.get();
    ObjectNode patch = ThreeWayMerge.patch(LastAppliedText.read(live), wanted, live);
    if (patch.isEmpty()) return new Result(shown + " unchanged", live, List.of());
    String path = collection + "/" + name + way.query();
    return new Result(
        shown + " configured", writes ? api.mergePatch(path, patch) : live, warnings(shown, live));
  }

  private static List<String> warnings(String shown, ObjectNode live) {
    if (!LastAppliedText.in(live).isEmpty()) return List.of();
    return List.of(
        shown
            + " has no annotation "
            + LastAppliedText.ANNOTATION
            + ", by which an apply knows what to remove; it has one from now on");
  }

  private JsonNode resourceOf(Manifest manifest) throws IOException, InterruptedException {
    String apiVersion = manifest.text("apiVersion");
    String kind = manifest.text("kind");
    if (!resources.containsKey(apiVersion)) {
      resources.put(apiVersion, api.get(root(apiVersion)).orElseGet(Json::object));
    }
    for (JsonNode each : resources.get(apiVersion).path("resources")) {
      if (each.path("kind").asString("").equals(kind)
          && !each.path("name").asString("").contains("/")) return each;
    }
    throw manifest.unserved();
  }

  private String collection(Manifest manifest, JsonNode resource, ObjectNode metadata) {
    String root = root(manifest.text("apiVersion"));
    if (!resource.path("namespaced").asBoolean(false))
      return root + "/" + resource.path("name").asString();
    String where = metadata.path("namespace").asString(namespace);
    metadata.put("namespace", where);
    return root + "/namespaces/" + where + "/" + resource.path("name").asString();
  }

  private static String root(String apiVersion) {
    return apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
  }

  private static String group(Manifest manifest) {
    String apiVersion = manifest.text("apiVersion");
    return apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
  }
}
