package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lets the server merge an object, as one manager of its fields. */
final class ServerSide {
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String JSON_PATCH = "application/json-patch+json";

  /** Of kubectl's, as which the server keeps the annotation up to date. */
  private static final String USUAL_MANAGER = "kubectl";

  private static final String KEEPER = "kubectl-last-applied";
  private static final int ATTEMPTS = 5;
  private static final int CONFLICT = 409;
  private static final String ADVICE =
      """

      Please review the fields above--they currently have other managers. Here
      are the ways you can resolve this warning:
      * If you intend to manage all of these fields, please re-run the apply
        command with the `--force-conflicts` flag.
      * If you do not intend to manage all of the fields, please edit your
        manifest to remove references to the fields that should keep their
        current managers.
      * You may co-own fields by updating your manifest to match the existing
        value; in this case, you'll become the manager if the other manager(s)
        stop managing the field (remove it from their configuration).
      See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts""";

  private final ApiClient api;
  private final Apply.Way way;

  ServerSide(ApiClient api, Apply.Way way) {
    this.api = api;
    this.way = way;
  }

  /**
   * @param path of the object
   * @return as the server has it now
   */
  ObjectNode apply(String path, ObjectNode wanted) throws IOException, InterruptedException {
    try {
      ObjectNode applied = api.patch(path + way.query(), APPLY, wanted);
      if (way.trial() != Apply.Trial.NONE || !handOver(path, applied)) return applied;
      return api.patch(path + way.query(), APPLY, wanted); // Without what it does not say any more.
    } catch (ApiFailure refused) {
      if (refused.code() != CONFLICT) throw refused;
      throw new ApiFailure(refused.code(), "error: " + refused.said() + ADVICE);
    }
  }

  /**
   * Makes this manager the owner of what was applied on the client before, so that the two do not
   * conflict.
   *
   * @return whether there was anything
   */
  private boolean handOver(String path, ObjectNode applied)
      throws IOException, InterruptedException {
    if (FieldOwners.onClient(managers(applied)).isEmpty()) return false;
    ObjectNode present = applied;
    if (way.manager().equals(USUAL_MANAGER)) present = keepAnnotation(path, present);
    for (int attempt = 1; ; attempt++) {
      Set<String> before = FieldOwners.onClient(managers(present));
      if (before.isEmpty()) return false;
      try {
        api.patch(path + named(way.manager()), JSON_PATCH, change(present, before));
        return true;
      } catch (ApiFailure refused) { // Somebody wrote it meanwhile.
        if (refused.code() != CONFLICT || attempt == ATTEMPTS) throw refused;
        present = api.get(path, "application/json");
      }
    }
  }

  /** Somebody must own the annotation, or it goes with those who wrote it so far. */
  private ObjectNode keepAnnotation(String path, ObjectNode present)
      throws IOException, InterruptedException {
    ObjectNode annotation = Json.object();
    for (String each : List.of("apiVersion", "kind")) annotation.set(each, present.path(each));
    ObjectNode metadata = annotation.putObject("metadata");
    metadata.set("name", present.path("metadata").path("name"));
    metadata.putObject("annotations").put(LastAppliedText.ANNOTATION, LastAppliedText.in(present));
    return api.patch(path + named(KEEPER), APPLY, annotation);
  }

  private ArrayNode change(ObjectNode present, Set<String> before) {
    ArrayNode patch = Json.object().arrayNode();
    JsonNode after = FieldOwners.handedOver(managers(present), before, way.manager());
    JsonNode revision = present.path("metadata").path("resourceVersion");
    patch
        .addObject()
        .put("op", "replace")
        .put("path", "/metadata/managedFields")
        .set("value", after);
    patch
        .addObject()
        .put("op", "replace")
        .put("path", "/metadata/resourceVersion")
        .set("value", revision);
    return patch;
  }

  private static JsonNode managers(JsonNode object) {
    return object.path("metadata").path("managedFields");
  }

  private static String named(String manager) {
    return "?fieldManager=" + Apply.Way.encoded(manager) + "&fieldValidation=Strict";
  }
}
