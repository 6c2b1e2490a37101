package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code status.conditions} of a set say about the loss of nodes, summed up from its pods.
 * Pure.
 */
final class SetConditions {
  /** True when every pod begins elsewhere by itself if its node is lost. */
  static final String FAILOVER = "ordinal.io/Failover";

  /** True while a pod of the set is on a node that is not heard of. */
  static final String NODE_LOST = "ordinal.io/NodeLost";

  private static final String FENCED = "ordinal.io/Fenced";

  private SetConditions() {}

  static void show(ObjectNode status, Collection<ApiObject> pods, Instant now) {
    List<String> fenced = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (ApiObject pod : pods) {
      switch (text(pod.status(), FENCED, "status")) {
        case "True" -> fenced.add(pod.name());
        case "False" -> kept.add(pod.name());
        default -> {} // Not placed yet.
      }
      if (text(pod.status(), "Ready", "reason").equals("NodeLost")) lost.add(pod.name());
    }
    boolean known = !text(status, NODE_LOST, "status").isEmpty();
    if (fenced.isEmpty() && kept.isEmpty() && !known) return;
    if (!fenced.isEmpty() || !kept.isEmpty()) failover(status, fenced, kept, now);
    String message = lost.isEmpty() ? "" : "not heard of: " + String.join(", ", lost);
    String reason = lost.isEmpty() ? "AllHeardOf" : "NodeLost";
    if (known || !lost.isEmpty()) set(status, NODE_LOST, !lost.isEmpty(), reason, message, now);
  }

  private static void failover(
      ObjectNode status, List<String> fenced, List<String> kept, Instant now) {
    boolean all = kept.isEmpty();
    String reason = all ? "Automatic" : fenced.isEmpty() ? "Manual" : "Mixed";
    String message = all ? "" : "kept when their node is lost: " + String.join(", ", kept);
    set(status, FAILOVER, all, reason, message, now);
  }

  private static void set(
      ObjectNode status, String type, boolean holds, String reason, String message, Instant now) {
    ArrayNode conditions = status.withArrayProperty("conditions");
    ObjectNode condition = null;
    for (JsonNode each : conditions) {
      if (each.path("type").asString("").equals(type)) condition = (ObjectNode) each;
    }
    if (condition == null) condition = conditions.addObject().put("type", type);
    String word = holds ? "True" : "False";
    if (!condition.path("status").asString("").equals(word)) {
      condition.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    condition.put("status", word).put("reason", reason);
    if (message.isEmpty()) condition.remove("message");
    else condition.put("message", message);
  }

  private static String text(JsonNode status, String type, String field) {
    for (JsonNode each : status.path("conditions")) {
      if (each.path("type").asString("").equals(type)) return each.path(field).asString("");
    }
    return "";
  }
}
