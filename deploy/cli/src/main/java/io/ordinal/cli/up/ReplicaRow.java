package io.ordinal.cli.up;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What a person wants to see of a replica that is coming up.
 *
 * @param ready such as 1/1
 */
record ReplicaRow(
    String name, String ready, String status, String address, String incarnation, boolean isReady) {
  static ReplicaRow absent(String name) {
    return new ReplicaRow(name, "0/1", "waiting its turn", "-", "-", false);
  }

  static ReplicaRow of(JsonNode pod) {
    int ready = 0;
    int restarts = 0;
    String status = pod.path("status").path("phase").asString("Pending");
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      if (container.path("ready").asBoolean(false)) ready++;
      restarts += container.path("restartCount").asInt(0);
      String waiting = container.path("state").path("waiting").path("reason").asString("");
      if (!waiting.isEmpty()) status = waiting;
    }
    if (pod.path("metadata").has("deletionTimestamp")) status = "Terminating";
    if (restarts > 0) status += " (" + restarts + (restarts == 1 ? " restart)" : " restarts)");
    int containers = pod.path("spec").path("containers").size();
    return new ReplicaRow(
        pod.path("metadata").path("name").asString(""),
        ready + "/" + containers,
        status,
        orDash(pod.path("status").path("podIP").asString("")),
        orDash(
            pod.path("metadata").path("annotations").path("ordinal.io/incarnation").asString("")),
        containers > 0 && ready == containers && !pod.path("metadata").has("deletionTimestamp"));
  }

  /** For a row that is redrawn: how long it has kept us waiting; empty once it is ready. */
  String notReadyFor(Duration since) {
    return isReady ? "" : "%.1fs".formatted(since.toMillis() / 1000.0);
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
