package io.ordinal.controller.replica;

import io.ordinal.controller.document.Json;
import io.ordinal.protocol.id.Incarnation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server adds to a pod or claim that is about to exist. Pure. */
final class PodBirth {
  static final String INCARNATION = "ordinal.io/incarnation";
  private static final String PVC_PROTECTION = "kubernetes.io/pvc-protection";

  private PodBirth() {}

  /** A pod of this life; keeps uid and creationTimestamp where it has them already. */
  static PodDocument pod(byte[] asked, UUID uid, Incarnation incarnation, Instant now) {
    ObjectNode tree = Json.object(asked);
    identify(tree, uid, now);
    tree.withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(INCARNATION, incarnation.toString());
    ObjectNode status = tree.putObject("status");
    status.put("phase", "Pending").put("qosClass", qosClass(tree.path("spec")));
    return PodDocument.of(tree);
  }

  /** A claim that waits to be bound. */
  static ObjectNode claim(byte[] asked, UUID uid, Instant now) {
    ObjectNode tree = Json.object(asked);
    identify(tree, uid, now);
    ObjectNode metadata = tree.withObjectProperty("metadata");
    boolean isProtected = false;
    for (JsonNode each : metadata.path("finalizers")) {
      isProtected |= each.asString("").equals(PVC_PROTECTION);
    }
    if (!isProtected) metadata.withArrayProperty("finalizers").add(PVC_PROTECTION);
    tree.putObject("status").put("phase", "Pending");
    return tree;
  }

  private static void identify(ObjectNode tree, UUID uid, Instant now) {
    ObjectNode metadata = tree.withObjectProperty("metadata");
    metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"));
    if (metadata.path("uid").asString("").isEmpty()) metadata.put("uid", uid.toString());
    if (metadata.path("creationTimestamp").asString("").isEmpty()) {
      metadata.put("creationTimestamp", PodConditions.time(now));
    }
  }

  private static String qosClass(JsonNode spec) {
    boolean any = false;
    boolean guaranteed = true;
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        JsonNode limits = container.path("resources").path("limits");
        JsonNode requests = container.path("resources").path("requests");
        for (String resource : List.of("cpu", "memory")) {
          String limit = limits.path(resource).asString("");
          String request = requests.path(resource).asString(limit);
          any |= !limit.isEmpty() || !request.isEmpty();
          guaranteed &= !limit.isEmpty() && limit.equals(request);
        }
      }
    }
    if (!any) return "BestEffort";
    return guaranteed ? "Guaranteed" : "Burstable";
  }
}
