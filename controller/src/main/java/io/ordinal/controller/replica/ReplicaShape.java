package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaRecords.placement;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.DurableShape;
import io.ordinal.controller.store.DurableWriteRefused;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.Merge;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A replica in the store: its record, and in the same transaction the pod, its placement, claims
 * and volumes, under the preconditions of the decision.
 */
public final class ReplicaShape implements DurableShape<Held> {
  private static final byte[] NOTHING = {};

  private final RecordCodec codec;

  public ReplicaShape(RecordCodec codec) {
    this.codec = codec;
  }

  @Override
  public RecordKey key(String persistenceId) {
    return new RecordKey(ReplicaRecords.FAMILY, persistenceId);
  }

  @Override
  public Writing plan(View view, Held next) {
    ReplicaId replica = next.replica();
    Set<Integer> racing = new HashSet<>();
    List<Operation> operations = new ArrayList<>();
    expectations(next.decision(), operations);
    operations.addAll(next.decision().expected());
    pod(view, replica, next.state()).ifPresent(operations::add);
    placements(view, replica, next.state(), operations);
    for (Decision.Creation each : next.decision().creations()) {
      operations.add(new Operation.PutIfAbsent(each.key(), each.object().draft()));
    }
    for (Merge each : next.decision().merges()) {
      merge(view, each)
          .ifPresent(
              put -> {
                racing.add(operations.size());
                operations.add(put);
              });
    }
    operations.addAll(next.decision().records());
    return new Writing(record(next.state()), operations, racing::contains);
  }

  /** A vacant replica without claims has nothing to remember: revisions only rise. */
  private Optional<byte[]> record(ReplicaState state) {
    boolean forgettable = state instanceof ReplicaState.Vacant && state.claims().isEmpty();
    return forgettable ? Optional.empty() : Optional.of(codec.encode(state));
  }

  private static void expectations(Decision decision, List<Operation> operations) {
    decision
        .basis()
        .ifPresent(
            basis -> {
              operations.add(
                  new Operation.ExpectRecord(
                      ReplicaRecords.TERM, RecordCondition.at(basis.term().value())));
              operations.add(
                  new Operation.Expect(
                      ReplicaRecords.set(basis.set()),
                      new Condition.AtGeneration(basis.setUid(), basis.setGeneration())));
            });
    decision
        .standing()
        .ifPresent(
            standing ->
                operations.add(
                    new Operation.ExpectRecord(
                        Sessions.key(standing.session()),
                        RecordCondition.at(standing.recordVersion()))));
  }

  private static Optional<Operation> pod(View view, ReplicaId replica, ReplicaState next) {
    ObjectKey key = ReplicaRecords.pod(replica);
    Optional<StoredObject> before = view.get(key);
    Condition untouched =
        before.map(stored -> Condition.at(stored.revision())).orElse(Condition.ABSENT);
    if (next.pod().isEmpty()) return before.map(stored -> new Operation.Delete(key, untouched));
    ApiObject pod = next.pod().get().object();
    boolean same =
        before.isPresent()
            && Arrays.equals(
                before.get().document(), StoredPods.document(pod.draft(), before.get().revision()));
    return same ? Optional.empty() : Optional.of(new Operation.Put(key, pod.draft(), untouched));
  }

  private void placements(
      View view, ReplicaId replica, ReplicaState next, List<Operation> operations) {
    Optional<Session> before =
        view.record(ReplicaRecords.record(replica))
            .flatMap(stored -> codec.decode(stored.value()).whereabouts())
            .map(ReplicaState.Stay::session);
    Optional<Session> after = next.whereabouts().map(ReplicaState.Stay::session);
    if (before.equals(after)) return;
    before.ifPresent(
        session ->
            operations.add(
                new Operation.DeleteRecord(placement(session, replica), RecordCondition.ANY)));
    after.ifPresent(
        session ->
            operations.add(
                new Operation.PutRecord(
                    placement(session, replica), NOTHING, RecordCondition.ANY)));
  }

  private static Optional<Operation.Put> merge(View view, Merge merge) {
    StoredObject stored =
        view.get(merge.key()).orElseThrow(() -> new DurableWriteRefused(merge.key() + " is gone"));
    ApiObject before = ApiObject.of(stored);
    ApiObject after =
        merge
            .into(before)
            .orElseThrow(
                () -> new DurableWriteRefused(merge.key() + " was decided otherwise meanwhile"));
    if (after.equals(before)) return Optional.empty();
    return Optional.of(
        new Operation.Put(merge.key(), after.draft(), Condition.at(stored.revision())));
  }

  /** Also for a replica that has no record: the revision keeps its next incarnation new. */
  @Override
  public Optional<Held> recovered(View view, RecordKey key, Optional<StoredRecord> record) {
    ReplicaId replica = ReplicaId.parse(key.id());
    ReplicaState state =
        record.map(stored -> codec.decode(stored.value())).orElse(ReplicaState.Vacant.FRESH);
    Receipt receipt = new Receipt(view.get(ReplicaRecords.pod(replica)), view.revision());
    return Optional.of(Held.recovered(replica, state, receipt));
  }

  @Override
  public void committed(Held next, Writing writing, Outcome.Committed outcome) {
    ObjectKey key = ReplicaRecords.pod(next.replica());
    Optional<StoredObject> before = next.before();
    Optional<StoredObject> after = next.state().pod().isEmpty() ? Optional.empty() : before;
    for (int index = 0; index < writing.operations().size(); index++) {
      if (writing.operations().get(index) instanceof Operation.Put put && put.key().equals(key)) {
        Revision revision = outcome.revisions().get(index);
        String uid = put.draft().uid();
        Revision created =
            before
                .filter(stored -> stored.uid().equals(uid))
                .map(StoredObject::created)
                .orElse(revision);
        after =
            Optional.of(
                new StoredObject(
                    key,
                    revision,
                    created,
                    uid,
                    put.draft().generation(),
                    StoredPods.document(put.draft(), revision)));
      }
    }
    next.receipt().complete(new Receipt(after, outcome.at()));
  }

  @Override
  public void failed(Held next, Throwable cause) {
    next.receipt().completeExceptionally(cause);
  }
}
