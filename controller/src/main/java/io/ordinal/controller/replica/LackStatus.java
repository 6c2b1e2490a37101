package io.ordinal.controller.replica;

import io.ordinal.controller.document.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How it looks in {@code status} of a pod that its life lacks something. Pure. */
final class LackStatus {
  private static final String UNREADY = "ContainersNotReady";

  private LackStatus() {}

  static PodDocument of(PodDocument pod, List<Lack> lacks, Instant now) {
    return pod.changed(
        tree -> {
          ObjectNode status = tree.withObjectProperty("status");
          if (!status.has("startTime")) status.put("startTime", PodConditions.time(now));
          boolean inits = !tree.path("spec").path("initContainers").isEmpty();
          String wait = inits ? "PodInitializing" : "ContainerCreating";
          for (String list : List.of("initContainers", "containers")) {
            statuses(tree, list, wait, lacks);
          }
          if (inits) {
            String text = "containers with incomplete status: " + names(tree, "initContainers");
            PodConditions.set(
                tree, PodConditions.INITIALIZED, false, "ContainersNotInitialized", text, now);
          } else {
            PodConditions.set(tree, PodConditions.INITIALIZED, true, now);
          }
          String text = "containers with unready status: " + names(tree, "containers");
          PodConditions.set(tree, PodConditions.READY, false, UNREADY, text, now);
          PodConditions.set(tree, PodConditions.CONTAINERS_READY, false, UNREADY, text, now);
        });
  }

  private static void statuses(ObjectNode pod, String list, String wait, List<Lack> lacks) {
    JsonNode specs = pod.path("spec").path(list);
    if (specs.isEmpty()) return;
    String field = list.equals("containers") ? "containerStatuses" : "initContainerStatuses";
    ArrayNode statuses = pod.withObjectProperty("status").putArray(field);
    for (JsonNode spec : specs) {
      String name = spec.path("name").asString("");
      Optional<Lack> own =
          lacks.stream()
              .filter(each -> each.list().equals(list) && each.name().equals(name))
              .findFirst();
      statuses.add(waiting(spec, own.isPresent() ? "CreateContainerConfigError" : wait, own));
    }
  }

  private static ObjectNode waiting(JsonNode spec, String reason, Optional<Lack> lack) {
    ObjectNode node = Json.object();
    node.put("name", spec.path("name").asString(""));
    node.put("image", spec.path("image").asString("")).put("imageID", "");
    node.put("ready", false).put("started", false).put("restartCount", 0);
    ObjectNode waiting = node.putObject("state").putObject("waiting").put("reason", reason);
    lack.ifPresent(each -> waiting.put("message", each.text()));
    node.putObject("lastState");
    return node;
  }

  private static String names(ObjectNode pod, String list) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : pod.path("spec").path(list)) names.add(each.path("name").asString(""));
    return "[" + String.join(" ", names) + "]";
  }
}
