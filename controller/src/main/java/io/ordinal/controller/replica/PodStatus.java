package io.ordinal.controller.replica;

import io.ordinal.controller.document.Json;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How an agent's report looks in {@code status} of the pod. Pure. */
final class PodStatus {
  private PodStatus() {}

  /** The pod after a report. */
  static PodDocument reported(PodDocument pod, LifeStatus report, Instant now) {
    return pod.changed(
        tree -> {
          ObjectNode status = tree.withObjectProperty("status");
          status.put("phase", phase(report));
          report
              .address()
              .ifPresent(
                  address -> {
                    status.put("podIP", address);
                    status.putArray("podIPs").addObject().put("ip", address);
                  });
          report.startedAt().ifPresent(at -> status.put("startTime", PodConditions.time(at)));
          JsonNode spec = tree.path("spec");
          statuses(status, "initContainerStatuses", spec.path("initContainers"), report, true);
          statuses(status, "containerStatuses", spec.path("containers"), report, false);
          conditions(tree, report, now);
        });
  }

  /** The pod after its life ended without the agent's last report, or with nothing left to say. */
  static PodDocument lost(PodDocument pod, String reason, String message, Instant now) {
    return pod.changed(
        tree -> {
          ObjectNode status = tree.withObjectProperty("status");
          status.put("phase", "Failed").put("reason", reason).put("message", message);
          PodConditions.set(tree, PodConditions.READY, false, reason, message, now);
          PodConditions.set(tree, PodConditions.CONTAINERS_READY, false, reason, message, now);
        });
  }

  /** The pod while nobody hears of its node. */
  static PodDocument unheard(PodDocument pod, String message, Instant now) {
    return pod.changed(
        tree -> {
          PodConditions.set(tree, PodConditions.READY, false, "NodeLost", message, now);
          for (JsonNode each : tree.path("status").path("containerStatuses")) {
            ((ObjectNode) each).put("ready", false);
          }
        });
  }

  /** Whether that is the last that was said of it. */
  static boolean isUnheard(PodDocument pod) {
    return PodConditions.reason(pod.object().copy(), PodConditions.READY).equals("NodeLost");
  }

  private static String phase(LifeStatus report) {
    return switch (report.phase()) {
      case PREPARING -> "Pending";
      case RUNNING, STOPPING -> "Running";
      case ENDED -> succeeded(report) ? "Succeeded" : "Failed";
    };
  }

  /** Every container finished by itself and well. */
  static boolean succeeded(LifeStatus report) {
    return !report.containers().isEmpty()
        && report.containers().stream()
            .allMatch(
                each ->
                    each.state() instanceof ContainerState.Terminated terminated
                        && terminated.exitCode() == 0);
  }

  private static void conditions(ObjectNode tree, LifeStatus report, Instant now) {
    boolean ended = report.phase() == Phase.ENDED;
    boolean completed = ended && succeeded(report);
    List<String> undone = uninitialized(tree, report);
    boolean initialized = undone.isEmpty() || report.containers().stream().anyMatch(PodStatus::ran);
    PodConditions.set(
        tree,
        PodConditions.INITIALIZED,
        initialized,
        initialized ? completed ? "PodCompleted" : "" : "ContainersNotInitialized",
        initialized ? "" : "containers with incomplete status: " + words(undone),
        now);
    boolean ready = report.ready() && report.phase() == Phase.RUNNING;
    String over = completed ? "PodCompleted" : "PodFailed";
    String reason = ready ? "" : ended ? over : "ContainersNotReady";
    String unready = ended ? report.message() : notReady(tree, report);
    String message = ready || completed ? "" : unready;
    PodConditions.set(tree, PodConditions.READY, ready, reason, message, now);
    PodConditions.set(tree, PodConditions.CONTAINERS_READY, ready, reason, message, now);
  }

  /** Names of the init containers that have not done their work. */
  private static List<String> uninitialized(ObjectNode tree, LifeStatus report) {
    Set<String> done = new HashSet<>();
    report.initContainers().stream()
        .filter(ContainerStatus::ready)
        .forEach(each -> done.add(each.name()));
    return named(tree, "initContainers", done);
  }

  private static boolean ran(ContainerStatus container) {
    return container.restarts() > 0 || !(container.state() instanceof ContainerState.Waiting);
  }

  private static String notReady(ObjectNode tree, LifeStatus report) {
    Set<String> ready = new HashSet<>();
    report.containers().stream()
        .filter(ContainerStatus::ready)
        .forEach(each -> ready.add(each.name()));
    String text = "containers with unready status: " + words(named(tree, "containers", ready));
    return report.message().isEmpty() ? text : text + ": " + report.message();
  }

  private static List<String> named(ObjectNode tree, String list, Set<String> without) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : tree.path("spec").path(list)) {
      String name = each.path("name").asString("");
      if (!without.contains(name)) names.add(name);
    }
    return names;
  }

  private static String words(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static void statuses(
      ObjectNode status, String field, JsonNode specs, LifeStatus report, boolean init) {
    if (specs.isEmpty()) return;
    Map<String, ContainerStatus> known = new HashMap<>();
    (init ? report.initContainers() : report.containers())
        .forEach(each -> known.put(each.name(), each));
    ArrayNode list = status.putArray(field);
    for (JsonNode spec : specs) {
      ContainerStatus found = known.get(spec.path("name").asString(""));
      list.add(found == null ? waiting(spec, report) : container(found));
    }
  }

  private static ObjectNode waiting(JsonNode spec, LifeStatus report) {
    ObjectNode node = Json.object();
    node.put("name", spec.path("name").asString(""));
    node.put("image", spec.path("image").asString("")).put("imageID", "");
    node.put("ready", false).put("started", false).put("restartCount", 0);
    ObjectNode waiting = node.putObject("state").putObject("waiting");
    String idle = report.initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
    waiting.put("reason", report.reason().isEmpty() ? idle : report.reason());
    if (!report.message().isEmpty()) waiting.put("message", report.message());
    node.putObject("lastState");
    return node;
  }

  private static ObjectNode container(ContainerStatus status) {
    ObjectNode node = Json.object();
    node.put("name", status.name()).put("image", status.image()).put("imageID", "");
    node.put("ready", status.ready()).put("started", status.started());
    node.put("restartCount", status.restarts());
    if (!status.containerId().isEmpty()) node.put("containerID", status.containerId());
    node.set("state", state(status.state()));
    node.set("lastState", status.last().map(last -> state(last)).orElseGet(() -> Json.object()));
    return node;
  }

  private static ObjectNode state(ContainerState state) {
    return state.match(
        new ContainerState.Cases<>() {
          @Override
          public ObjectNode waiting(ContainerState.Waiting waiting) {
            ObjectNode node = Json.object();
            ObjectNode inner = node.putObject("waiting").put("reason", waiting.reason());
            if (!waiting.message().isEmpty()) inner.put("message", waiting.message());
            return node;
          }

          @Override
          public ObjectNode running(ContainerState.Running running) {
            ObjectNode node = Json.object();
            node.putObject("running").put("startedAt", PodConditions.time(running.startedAt()));
            return node;
          }

          @Override
          public ObjectNode terminated(ContainerState.Terminated terminated) {
            ObjectNode node = Json.object();
            ObjectNode inner = node.putObject("terminated").put("exitCode", terminated.exitCode());
            if (terminated.signal() != 0) inner.put("signal", terminated.signal());
            if (!terminated.reason().isEmpty()) inner.put("reason", terminated.reason());
            if (!terminated.message().isEmpty()) inner.put("message", terminated.message());
            inner.put("startedAt", PodConditions.time(terminated.startedAt()));
            inner.put("finishedAt", PodConditions.time(terminated.finishedAt()));
            return node;
          }
        });
  }
}
