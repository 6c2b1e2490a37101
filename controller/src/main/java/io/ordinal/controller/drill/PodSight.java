package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pod as a drill sees it.
 *
 * @param readySince to the second
 * @param over its life has ended, although the pod is still there
 * @param restarts of its containers, added up
 */
record PodSight(
    String uid,
    Incarnation incarnation,
    Optional<NodeName> node,
    Optional<String> address,
    boolean ready,
    Instant readySince,
    boolean terminating,
    boolean over,
    int restarts) {
  private static final String INCARNATION = "ordinal.io/incarnation";

  static PodSight of(ApiObject pod) {
    JsonNode status = pod.status();
    String phase = status.path("phase").asString("");
    boolean ready = false;
    Instant since = Instant.EPOCH;
    for (JsonNode condition : status.path("conditions")) {
      if (!condition.path("type").asString("").equals("Ready")) continue;
      ready = condition.path("status").asString("").equals("True");
      String moved = condition.path("lastTransitionTime").asString("");
      if (!moved.isEmpty()) since = Instant.parse(moved);
    }
    int restarts = 0;
    for (JsonNode container : status.path("containerStatuses")) {
      restarts += container.path("restartCount").asInt(0);
    }
    String number = pod.annotations().getOrDefault(INCARNATION, "0");
    return new PodSight(
        pod.uid(),
        new Incarnation(number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0),
        text(pod.spec().path("nodeName")).map(NodeName::new),
        text(status.path("podIP")),
        ready,
        since,
        pod.deletionTimestamp().isPresent(),
        phase.equals("Failed") || phase.equals("Succeeded"),
        restarts);
  }

  private static Optional<String> text(JsonNode node) {
    String text = node.asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Serving, and for at least so long. */
  boolean steady(Duration readyFor, Instant now) {
    return ready && !terminating && !over && !readySince.plus(readyFor).isAfter(now);
  }
}
