package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one line says of a pod.
 *
 * @param restarts a count, with the time of the last end where that is known: {@code 3 (2m ago)}
 */
record PodSummary(int ready, int containers, String status, String restarts) {
  static PodSummary of(ApiObject pod, Instant now) {
    Reader reader = new Reader(pod);
    reader.readInitContainers();
    if (!reader.initializing) reader.readContainers();
    reader.readDeletion();
    int total = Tree.maps(pod.spec().path("containers")).size();
    return new PodSummary(reader.ready, total, reader.status, reader.restarts(now));
  }

  /** Goes through the statuses in the order that decides which of them is told. */
  private static final class Reader {
    private final ApiObject pod;
    private String status;
    private boolean initializing;
    private int ready;
    private int restarts;
    private Optional<Instant> lastEnd = Optional.empty();

    Reader(ApiObject pod) {
      this.pod = pod;
      String reason = Tree.text(pod.status(), "reason");
      String phase = Tree.text(pod.status(), "phase");
      this.status = reason.isEmpty() ? phase : reason;
    }

    /** The first init container that has not ended well decides. */
    void readInitContainers() {
      List<ObjectNode> statuses = Tree.maps(pod.status().path("initContainerStatuses"));
      int total = Tree.maps(pod.spec().path("initContainers")).size();
      for (int i = 0; i < statuses.size() && !initializing; i++) {
        ObjectNode container = statuses.get(i);
        count(container);
        JsonNode terminated = container.path("state").path("terminated");
        boolean endedWell = terminated.isObject() && terminated.path("exitCode").asInt(0) == 0;
        if (endedWell) continue;
        initializing = true;
        String waiting = Tree.text(container.path("state").path("waiting"), "reason");
        if (terminated.isObject()) {
          status = "Init:" + ended(terminated);
        } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
          status = "Init:" + waiting;
        } else {
          status = "Init:" + i + "/" + total;
        }
      }
    }

    /** From last to first, so that the first container has the last word. */
    void readContainers() {
      restarts = 0;
      lastEnd = Optional.empty();
      boolean anyRuns = false;
      List<ObjectNode> statuses = Tree.maps(pod.status().path("containerStatuses"));
      for (int i = statuses.size() - 1; i >= 0; i--) {
        ObjectNode container = statuses.get(i);
        count(container);
        JsonNode state = container.path("state");
        String waiting = Tree.text(state.path("waiting"), "reason");
        if (!waiting.isEmpty()) {
          status = waiting;
        } else if (state.path("terminated").isObject()) {
          status = ended(state.path("terminated"));
        } else if (container.path("ready").asBoolean(false) && state.path("running").isObject()) {
          anyRuns = true;
          ready++;
        }
      }
      if (status.equals("Completed") && anyRuns) {
        status = Cells.condition(pod, "Ready").equals("True") ? "Running" : "NotReady";
      }
    }

    void readDeletion() {
      if (pod.deletionTimestamp().isEmpty()) return;
      boolean lost = Tree.text(pod.status(), "reason").equals("NodeLost");
      String phase = Tree.text(pod.status(), "phase");
      boolean over = phase.equals("Succeeded") || phase.equals("Failed");
      if (lost) status = "Unknown";
      else if (!over) status = "Terminating";
    }

    String restarts(Instant now) {
      if (restarts == 0 || lastEnd.isEmpty()) return Integer.toString(restarts);
      return restarts + " (" + Durations.since(lastEnd, now) + " ago)";
    }

    private void count(ObjectNode container) {
      restarts += container.path("restartCount").asInt(0);
      String end = Tree.text(container.path("lastState").path("terminated"), "finishedAt");
      if (end.isEmpty()) return;
      Instant moment = Instant.parse(end);
      if (lastEnd.isEmpty() || lastEnd.get().isBefore(moment)) lastEnd = Optional.of(moment);
    }

    private static String ended(JsonNode terminated) {
      String reason = Tree.text(terminated, "reason");
      if (!reason.isEmpty()) return reason;
      int signal = terminated.path("signal").asInt(0);
      if (signal != 0) return "Signal:" + signal;
      return "ExitCode:" + terminated.path("exitCode").asInt(0);
    }
  }
}
