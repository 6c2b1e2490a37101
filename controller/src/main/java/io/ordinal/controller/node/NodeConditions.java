package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.NodeDocument.Readiness;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The entries of a Node's {@code status.conditions}. */
final class NodeConditions {
  private NodeConditions() {}

  /** Status of the Ready condition: True, False, Unknown; empty when there is none. */
  static String ready(ApiObject node) {
    return status(node, "Ready");
  }

  /** Status of this condition; empty when there is none. */
  static String status(ApiObject node, String type) {
    return find(node.status(), type).map(each -> each.path("status").asString("")).orElse("");
  }

  /** When the status of this condition last changed. */
  static Optional<Instant> since(ApiObject node, String type) {
    return find(node.status(), type).flatMap(each -> time(each.path("lastTransitionTime")));
  }

  /** Whether the Ready condition says just this. */
  static boolean tells(ApiObject node, Readiness readiness) {
    return find(node.status(), "Ready")
        .filter(each -> each.path("status").asString("").equals(readiness.status()))
        .filter(each -> each.path("reason").asString("").equals(readiness.reason()))
        .filter(each -> each.path("message").asString("").equals(readiness.message()))
        .isPresent();
  }

  static void remove(ObjectNode status, String type) {
    ArrayNode left = status.arrayNode();
    for (JsonNode each : status.path("conditions")) {
      if (!each.path("type").asString("").equals(type)) left.add(each);
    }
    status.set("conditions", left);
  }

  /** Times move only when the status does, so that setting it again changes nothing. */
  static void set(ObjectNode status, String type, Readiness readiness, Instant now) {
    ObjectNode condition =
        find(status, type)
            .orElseGet(() -> status.withArrayProperty("conditions").addObject().put("type", type));
    boolean moved = !condition.path("status").asString("").equals(readiness.status());
    condition.put("status", readiness.status());
    if (moved || !condition.has("lastHeartbeatTime")) {
      condition.put("lastHeartbeatTime", NodeDocument.time(now));
      condition.put("lastTransitionTime", NodeDocument.time(now));
    }
    condition.put("reason", readiness.reason());
    condition.put("message", readiness.message());
  }

  /** Moves every heartbeat if that of Ready is older than the pause. */
  static void beat(ObjectNode status, Duration pause, Instant now) {
    Optional<Instant> last =
        find(status, "Ready")
            .flatMap(each -> time(each.path("lastHeartbeatTime")))
            .filter(each -> !each.isAfter(now)); // A later one is a client's own.
    if (last.isPresent() && last.get().plus(pause).isAfter(now)) return;
    for (JsonNode each : status.path("conditions")) {
      if (each instanceof ObjectNode condition) {
        condition.put("lastHeartbeatTime", NodeDocument.time(now));
      }
    }
  }

  /** Clients may write conditions, too: what is no time counts as absent. */
  private static Optional<Instant> time(JsonNode text) {
    try {
      return Optional.of(Instant.parse(text.asString("")));
    } catch (DateTimeException clientsOwn) {
      return Optional.empty();
    }
  }

  private static Optional<ObjectNode> find(JsonNode status, String type) {
    for (JsonNode each : status.path("conditions")) {
      boolean found = each.path("type").asString("").equals(type);
      if (found && each instanceof ObjectNode condition) return Optional.of(condition);
    }
    return Optional.empty();
  }
}
