package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.plan.Placement.Taint;
import io.ordinal.controller.plan.Placement.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * When a pod must leave its node because of {@code NoExecute} taints, as in Kubernetes: at once
 * unless it tolerates them, and after {@code tolerationSeconds} if it tolerates them for so long
 * only. Pure.
 */
final class TaintEviction {
  /** Says that a machine is off, which is dealt with by its sessions. */
  private static final Set<String> OTHERWISE = Set.of("node.kubernetes.io/out-of-service");

  private TaintEviction() {}

  /** The taints of a node that drive pods away. */
  static List<Taint> expelling(ApiObject node) {
    List<Taint> found = new ArrayList<>();
    for (Taint taint : Taints.of(node)) {
      if (taint.effect().equals("NoExecute") && !OTHERWISE.contains(taint.key())) found.add(taint);
    }
    return found;
  }

  /**
   * When the pod is to go, if ever.
   *
   * @param since when the taints were first seen
   */
  static Optional<Instant> due(ApiObject pod, List<Taint> expelling, Instant since) {
    Optional<Instant> first = Optional.empty();
    for (Taint taint : expelling) {
      Optional<Duration> patience = patience(pod, taint);
      if (patience.isEmpty()) continue;
      Instant at = since.plus(patience.get());
      if (first.isEmpty() || at.isBefore(first.get())) first = Optional.of(at);
    }
    return first;
  }

  /** How long it bears this taint; empty for ever. */
  private static Optional<Duration> patience(ApiObject pod, Taint taint) {
    Optional<Duration> shortest = Optional.empty();
    boolean tolerated = false;
    for (JsonNode each : pod.spec().path("tolerations")) {
      Toleration toleration = Taints.toleration(each);
      if (!toleration.tolerates(taint)) continue;
      tolerated = true;
      JsonNode seconds = each.path("tolerationSeconds");
      if (!seconds.isNumber()) continue;
      Duration borne = Duration.ofSeconds(Math.max(0, seconds.asLong(0)));
      if (shortest.isEmpty() || borne.compareTo(shortest.get()) < 0) shortest = Optional.of(borne);
    }
    return tolerated ? shortest : Optional.of(Duration.ZERO);
  }
}
