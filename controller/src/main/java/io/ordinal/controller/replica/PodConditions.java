package io.ordinal.controller.replica;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code status.conditions} of a pod. */
final class PodConditions {
  static final String SCHEDULED = "PodScheduled";
  static final String INITIALIZED = "Initialized";
  static final String READY = "Ready";
  static final String CONTAINERS_READY = "ContainersReady";

  /** Ordinal's own: parts of the specification that nobody acts by. */
  static final String FIELDS_IGNORED = "ordinal.io/FieldsIgnored";

  /** Ordinal's own: whether the life may be begun elsewhere without its node's consent. */
  static final String FENCED = "ordinal.io/Fenced";

  private PodConditions() {}

  /** The transition time moves with the status only, so that setting it again changes nothing. */
  static void set(
      ObjectNode pod, String type, boolean status, String reason, String message, Instant now) {
    ArrayNode conditions = pod.withObjectProperty("status").withArrayProperty("conditions");
    ObjectNode condition = null;
    for (JsonNode each : conditions) {
      if (each.path("type").asString("").equals(type)) condition = (ObjectNode) each;
    }
    if (condition == null) condition = conditions.addObject();
    String word = status ? "True" : "False";
    if (!condition.path("status").asString("").equals(word)) {
      condition.put("lastTransitionTime", time(now));
    }
    condition.put("type", type).put("status", word).putNull("lastProbeTime");
    putUnlessEmpty(condition, "reason", reason);
    putUnlessEmpty(condition, "message", message);
  }

  static void set(ObjectNode pod, String type, boolean status, Instant now) {
    set(pod, type, status, "", "", now);
  }

  static String message(ObjectNode pod, String type) {
    return text(pod, type, "message");
  }

  static String reason(ObjectNode pod, String type) {
    return text(pod, type, "reason");
  }

  private static String text(ObjectNode pod, String type, String field) {
    for (JsonNode each : pod.path("status").path("conditions")) {
      if (each.path("type").asString("").equals(type)) return each.path(field).asString("");
    }
    return "";
  }

  /** As Kubernetes writes times: whole seconds. */
  static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void putUnlessEmpty(ObjectNode target, String field, String value) {
    if (value.isEmpty()) target.remove(field);
    else target.put(field, value);
  }
}
