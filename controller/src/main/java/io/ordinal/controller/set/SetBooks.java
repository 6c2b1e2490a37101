package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.SetStatus;
import io.ordinal.controller.plan.SetStatuses;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.protocol.id.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is written about a set, besides its steps: its status, and which revisions are dropped. */
final class SetBooks {
  private SetBooks() {}

  /** Transactions that are due, independent of each other. */
  static List<List<Operation>> due(
      Situation situation, RevisionPlanner.RevisionPlan revisions, Instant now) {
    List<List<Operation>> due = new ArrayList<>();
    ApiObject set = situation.set();
    SetStatus status = SetStatuses.of(situation.view(), revisions.collisionCount(), now);
    List<ApiObject> own =
        situation.pods().values().stream()
            .filter(pod -> pod.controller().filter(it -> it.uid().equals(set.uid())).isPresent())
            .toList();
    StatusDocument.changed(set, status, own, now)
        .ifPresent(
            changed ->
                due.add(
                    List.of(
                        new Operation.Put(
                            SetNames.key(SetNames.set(set)),
                            changed.draft(),
                            Condition.at(new Revision(Long.parseLong(set.resourceVersion())))))));
    Set<String> live = new HashSet<>(List.of(status.currentRevision(), status.updateRevision()));
    live.add(situation.view().currentRevision());
    situation.view().replicas().forEach(each -> live.add(each.revision()));
    List<Operation> drops = RevisionPlanner.tooOld(set, revisions.owned(), live);
    if (!drops.isEmpty()) due.add(drops);
    return due;
  }
}
