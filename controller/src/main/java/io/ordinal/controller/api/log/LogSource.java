package io.ordinal.controller.api.log;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.document.ApiObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Chooses the container that is meant, or says why there is none. Pure. */
public final class LogSource {
  private LogSource() {}

  /**
   * @param asked empty when none was named
   * @throws StatusException 400 in the words of Kubernetes
   */
  public static String container(ApiObject pod, String asked) {
    List<String> main = names(pod.spec().path("containers"));
    List<String> init = names(pod.spec().path("initContainers"));
    if (asked.isEmpty()) {
      if (main.size() == 1) return main.get(0);
      String others = init.isEmpty() ? "" : " or one of the init containers: " + shown(init);
      throw Refusal.badRequest(
          "a container name must be specified for pod "
              + pod.name()
              + ", choose one of: "
              + shown(main)
              + others);
    }
    if (main.contains(asked) || init.contains(asked)) return asked;
    throw Refusal.badRequest("container " + asked + " is not valid for pod " + pod.name());
  }

  /**
   * @throws StatusException 400 when the container has not run, or had no run before
   */
  static void requireOutput(ApiObject pod, String container, boolean previous) {
    Optional<JsonNode> status = status(pod, container);
    boolean ranBefore = status.filter(each -> each.path("lastState").has("terminated")).isPresent();
    String which = "container \"" + container + "\" in pod \"" + pod.name() + "\"";
    if (previous) {
      if (!ranBefore) throw Refusal.badRequest("previous terminated " + which + " not found");
      return;
    }
    JsonNode state = status.map(each -> each.path("state")).orElse(pod.tree().path("none"));
    if (state.has("running") || state.has("terminated") || ranBefore) return;
    String reason = state.path("waiting").path("reason").asString("ContainerCreating");
    throw Refusal.badRequest(which + " is waiting to start: " + reason);
  }

  private static Optional<JsonNode> status(ApiObject pod, String container) {
    for (String list : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode each : pod.status().path(list)) {
        if (each.path("name").asString("").equals(container)) return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static List<String> names(JsonNode containers) {
    List<String> found = new ArrayList<>();
    containers.forEach(each -> found.add(each.path("name").asString("")));
    return found;
  }

  private static String shown(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }
}
