package io.ordinal.controller.api.write;

import io.ordinal.controller.disruption.Budgets;
import io.ordinal.controller.disruption.DisruptionSettings;
import io.ordinal.controller.disruption.ObservedBudget;
import io.ordinal.controller.disruption.Turns;
import io.ordinal.controller.disruption.Turns.Turn;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.plan.Disruptions;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.Binding;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.id.NodeName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that an eviction depends on, from one view of the store.
 *
 * @param budgets that count the pod
 * @param turn whether it is this replica's turn
 * @param warnings that do not refuse anything
 */
record EvictionLook(ApiObject pod, List<ObservedBudget> budgets, Turn turn, List<String> warnings) {

  /** Why not now. */
  record Refusal(String message, String cause) {}

  /**
   * Whether it may go.
   *
   * @param charges what must be written before it goes
   */
  record Ruling(Optional<Refusal> refusal, List<Operation> charges) {}

  static EvictionLook of(View view, ApiObject pod, DisruptionSettings settings, Instant now) {
    if (runsNot(pod)) return new EvictionLook(pod, List.of(), Turn.FREE, List.of());
    return new EvictionLook(
        pod,
        Budgets.covering(view, pod, settings.patience()),
        Turns.of(view, pod, settings, now),
        warnings(view, pod));
  }

  /** Nobody misses a pod that has not begun, has ended, or is ending. */
  private static boolean runsNot(ApiObject pod) {
    return pod.deletionTimestamp().isPresent()
        || Set.of("Pending", "Succeeded", "Failed")
            .contains(pod.status().path("phase").asString("Pending"));
  }

  private static List<String> warnings(View view, ApiObject pod) {
    Binding.Outlook outlook = Binding.outlook(pod, VolumeWorld.in(view, pod.namespace()));
    if (!(outlook instanceof Binding.Clear clear)) return List.of();
    Optional<Set<NodeName>> nodes = clear.nodes();
    String node = pod.spec().path("nodeName").asString("");
    boolean only = nodes.filter(each -> each.equals(Set.of(new NodeName(node)))).isPresent();
    if (!only || pod.controller().isEmpty()) return List.of();
    return List.of(
        ("pod %s/%s keeps a volume that exists on node %s only: its next life can begin nowhere"
                + " else, and stays Pending while that node takes no pods")
            .formatted(pod.namespace(), pod.name(), node));
  }

  Ruling ruling(Instant now) {
    List<Operation> charges = new ArrayList<>();
    for (ObservedBudget each : budgets) {
      Disruptions.Answer answer =
          Disruptions.evict(each.budget(), each.status(now), Budgets.pod(pod));
      if (answer instanceof Disruptions.Answer.Refused refused) {
        return refused(
            "Cannot evict pod as it would violate the pod's disruption budget.", refused.why());
      }
      if (answer instanceof Disruptions.Answer.Charged) charges.add(each.charge(pod.name(), now));
    }
    if (turn.obstacle().isPresent()) {
      String why = turn.obstacle().get();
      return refused("Cannot evict pod now: " + why + ".", why);
    }
    charges.addAll(turn.charges());
    return new Ruling(Optional.empty(), charges);
  }

  private static Ruling refused(String message, String cause) {
    return new Ruling(Optional.of(new Refusal(message, cause)), List.of());
  }
}
