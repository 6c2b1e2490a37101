package io.ordinal.controller.plan;

import io.ordinal.controller.model.ReplicaView;
import io.ordinal.controller.model.SetSpec;
import io.ordinal.controller.model.SetSpec.UpdateRule;
import io.ordinal.controller.model.SetStatus;
import io.ordinal.controller.model.SetView;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Counts a set's replicas for {@code StatefulSet.status}. */
public final class SetStatuses {
  private SetStatuses() {}

  public static SetStatus of(SetView view, int collisionCount, Instant now) {
    SetSpec spec = view.spec();
    List<ReplicaView> members = view.replicas().stream().filter(ReplicaView::member).toList();
    int ready = count(members, ReplicaView::runningAndReady);
    int available = count(members, each -> each.readyFor(spec.minReady(), now));
    int updated = count(members, made(view.updateRevision()));
    boolean complete =
        spec.update() instanceof UpdateRule.Rolling
            && updated == spec.replicas()
            && ready == spec.replicas()
            && members.size() == spec.replicas();
    String current = complete ? view.updateRevision() : view.currentRevision();
    return new SetStatus(
        spec.generation(),
        members.size(),
        ready,
        available,
        count(members, made(current)),
        updated,
        current,
        view.updateRevision(),
        collisionCount);
  }

  private static Predicate<ReplicaView> made(String revision) {
    return each -> !each.terminating() && each.revision().equals(revision);
  }

  private static int count(List<ReplicaView> replicas, Predicate<ReplicaView> fact) {
    return (int) replicas.stream().filter(fact).count();
  }
}
