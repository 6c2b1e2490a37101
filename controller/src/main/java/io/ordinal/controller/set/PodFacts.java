package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.LabelSelection;
import io.ordinal.controller.model.ReplicaView;
import io.ordinal.controller.model.ReplicaView.Belonging;
import io.ordinal.controller.model.ReplicaView.Phase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what the planner needs to know about a pod. */
final class PodFacts {
  private PodFacts() {}

  /**
   * @param claims names of the set's claims that exist
   */
  static ReplicaView view(ApiObject set, ApiObject pod, int ordinal, Set<String> claims) {
    JsonNode ready = condition(pod, "Ready");
    boolean isReady = ready.path("status").asString("").equals("True");
    Instant created = pod.creationTimestamp().orElse(Instant.EPOCH);
    Instant changed = instant(ready.path("lastTransitionTime")).orElse(created);
    var key = SetNames.set(set);
    boolean lacksClaim =
        ClaimComposer.templates(set).stream()
            .anyMatch(each -> !claims.contains(SetNames.claim(each, key, ordinal)));
    return new ReplicaView(
        ordinal,
        pod.uid(),
        belonging(set, pod),
        phase(pod),
        pod.deletionTimestamp().isPresent(),
        isReady ? Optional.of(changed) : Optional.empty(),
        changed,
        pod.labels().getOrDefault(SetNames.REVISION_LABEL, ""),
        lacksClaim
            || !PodComposer.identified(pod, key, ordinal)
            || !PodComposer.failover(set).equals(PodComposer.failoverOf(pod)));
  }

  private static Belonging belonging(ApiObject set, ApiObject pod) {
    boolean matches = LabelSelection.matches(set.spec().path("selector"), pod.labels());
    Optional<ApiObject.Owner> controller = pod.controller();
    if (controller.isEmpty()) return matches ? Belonging.ADOPTABLE : Belonging.FOREIGN;
    if (!controller.get().uid().equals(set.uid())) return Belonging.FOREIGN;
    return matches ? Belonging.MEMBER : Belonging.STRAY;
  }

  private static Phase phase(ApiObject pod) {
    return switch (pod.status().path("phase").asString("")) {
      case "Running" -> Phase.RUNNING;
      case "Succeeded" -> Phase.SUCCEEDED;
      case "Failed" -> Phase.FAILED;
      case "", "Pending" -> Phase.PENDING;
      default -> Phase.UNKNOWN;
    };
  }

  private static JsonNode condition(ApiObject pod, String type) {
    JsonNode conditions = pod.status().path("conditions");
    for (JsonNode each : conditions) {
      if (each.path("type").asString("").equals(type)) return each;
    }
    return conditions.path("none");
  }

  private static Optional<Instant> instant(JsonNode node) {
    String text = node.asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
