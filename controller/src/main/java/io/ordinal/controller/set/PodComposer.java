package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.PodDefaults;
import io.ordinal.protocol.id.SetKey;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the pod of an ordinal from a template. Pure. */
final class PodComposer {
  private PodComposer() {}

  /**
   * A complete pod without uid, creationTimestamp and status.
   *
   * @param template of the revision, as stored in it
   * @param revision name of the ControllerRevision
   */
  static ObjectNode compose(ApiObject set, JsonNode template, String revision, int ordinal) {
    SetKey key = SetNames.set(set);
    String name = key.replica(ordinal).name();
    ObjectNode pod = Json.object().put("kind", "Pod").put("apiVersion", "v1");
    ObjectNode metadata = pod.putObject("metadata");
    metadata.put("name", name);
    metadata.put("generateName", key.name() + "-");
    metadata.put("namespace", key.namespace());
    JsonNode given = template.path("metadata");
    copy(given, metadata, "labels");
    copy(given, metadata, "annotations");
    copy(given, metadata, "finalizers");
    identify(pod, key, ordinal);
    metadata.withObjectProperty("labels").put(SetNames.REVISION_LABEL, revision);
    failover(pod, set);
    Owners.add(pod, Owners.controlledBy(set));

    ObjectNode spec = pod.putObject("spec");
    template
        .path("spec")
        .properties()
        .forEach(each -> spec.set(each.getKey(), each.getValue().deepCopy()));
    spec.put("hostname", name);
    String service = set.spec().path("serviceName").asString("");
    if (!service.isEmpty()) spec.put("subdomain", service);
    mountClaims(spec, set, key, ordinal);
    PodDefaults.apply(spec);
    return pod;
  }

  /** Stamps the labels that say which replica it is. */
  static void identify(ObjectNode pod, SetKey set, int ordinal) {
    pod.withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put(SetNames.POD_NAME_LABEL, set.replica(ordinal).name())
        .put(SetNames.POD_INDEX_LABEL, Integer.toString(ordinal));
  }

  /**
   * What the set asks for when a node is lost: its own annotation, else that of its template. It
   * reaches running pods too, without a new revision.
   */
  static Optional<String> failover(ApiObject set) {
    String own = set.annotations().get(SetNames.FAILOVER);
    if (own != null) return Optional.of(own);
    JsonNode given = set.spec().path("template").path("metadata").path("annotations");
    return given.has(SetNames.FAILOVER)
        ? Optional.of(given.path(SetNames.FAILOVER).asString(""))
        : Optional.empty();
  }

  static Optional<String> failoverOf(ApiObject pod) {
    return Optional.ofNullable(pod.annotations().get(SetNames.FAILOVER));
  }

  /** Gives the pod what its set asks for. */
  static void failover(ObjectNode pod, ApiObject set) {
    ObjectNode annotations = pod.withObjectProperty("metadata").withObjectProperty("annotations");
    failover(set)
        .ifPresentOrElse(
            asked -> annotations.put(SetNames.FAILOVER, asked),
            () -> annotations.remove(SetNames.FAILOVER));
    if (annotations.isEmpty()) pod.withObjectProperty("metadata").remove("annotations");
  }

  static boolean identified(ApiObject pod, SetKey set, int ordinal) {
    var labels = pod.labels();
    return set.replica(ordinal).name().equals(labels.get(SetNames.POD_NAME_LABEL))
        && Integer.toString(ordinal).equals(labels.get(SetNames.POD_INDEX_LABEL));
  }

  /** A claim of the set shadows a volume of the same name in the template. */
  private static void mountClaims(ObjectNode spec, ApiObject set, SetKey key, int ordinal) {
    ArrayNode volumes = spec.arrayNode();
    for (JsonNode template : set.spec().path("volumeClaimTemplates")) {
      String name = template.path("metadata").path("name").asString("");
      ObjectNode volume = volumes.addObject().put("name", name);
      volume
          .putObject("persistentVolumeClaim")
          .put("claimName", SetNames.claim(name, key, ordinal));
    }
    for (JsonNode volume : spec.path("volumes")) {
      boolean shadowed = false;
      for (JsonNode claim : volumes) {
        shadowed |= claim.path("name").equals(volume.path("name"));
      }
      if (!shadowed) volumes.add(volume);
    }
    if (!volumes.isEmpty()) spec.set("volumes", volumes);
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    JsonNode value = from.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isEmpty()) {
      to.set(field, value.deepCopy());
    }
  }
}
