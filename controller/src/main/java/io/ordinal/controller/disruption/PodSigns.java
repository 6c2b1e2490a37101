package io.ordinal.controller.disruption;

import io.ordinal.controller.document.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a pod's document says about its health. Pure. */
final class PodSigns {
  private PodSigns() {}

  static boolean ready(ApiObject pod) {
    return status(pod, "Ready").equals("True");
  }

  static boolean available(ApiObject pod, Duration minReady, Instant now) {
    return ready(pod)
        && pod.deletionTimestamp().isEmpty()
        && !readinessChanged(pod).plus(minReady).isAfter(now);
  }

  /** Since when it is as ready, or as unready, as it is. */
  static Instant readinessChanged(ApiObject pod) {
    String text = condition(pod, "Ready").path("lastTransitionTime").asString("");
    return text.isEmpty() ? pod.creationTimestamp().orElse(Instant.EPOCH) : Instant.parse(text);
  }

  /** Nobody can place it as things are. */
  static boolean stuck(ApiObject pod) {
    return status(pod, "PodScheduled").equals("False");
  }

  /** Has begun to run and has neither ended nor been asked to. */
  static boolean running(ApiObject pod) {
    return pod.deletionTimestamp().isEmpty()
        && pod.status().path("phase").asString("").equals("Running");
  }

  static String node(ApiObject pod) {
    return pod.spec().path("nodeName").asString("");
  }

  /** The uid of the controlling object, or empty. */
  static String controller(ApiObject pod) {
    return Optional.of(pod).flatMap(ApiObject::controller).map(ApiObject.Owner::uid).orElse("");
  }

  private static String status(ApiObject pod, String type) {
    return condition(pod, type).path("status").asString("");
  }

  private static JsonNode condition(ApiObject pod, String type) {
    for (JsonNode each : pod.status().path("conditions")) {
      if (each.path("type").asString("").equals(type)) return each;
    }
    return pod.status().path("conditions").path(type); // Missing.
  }
}
