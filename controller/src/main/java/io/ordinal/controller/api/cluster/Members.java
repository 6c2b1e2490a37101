package io.ordinal.controller.api.cluster;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who may have certificates, in the store. */
public final class Members {
  private final ObjectStore store;

  public Members(ObjectStore store) {
    this.store = store;
  }

  /**
   * @param version that a write must expect of the record under the asked name
   */
  record Known(List<MemberRecord> all, long version) {}

  CompletionStage<Known> known(String name) {
    return store.read(
        Freshness.LINEARIZABLE,
        view -> new Known(all(view), view.recordVersion(MemberRecord.key(name))));
  }

  CompletionStage<Optional<MemberRecord>> find(String name) {
    return store.read(
        Freshness.LINEARIZABLE,
        view -> view.record(MemberRecord.key(name)).map(each -> MemberRecord.of(each.value())));
  }

  /** False when somebody else wrote under that name meanwhile. */
  CompletionStage<Boolean> put(MemberRecord record, long version) {
    return store
        .commit(
            Transaction.of(
                new Operation.PutRecord(
                    MemberRecord.key(record.name()), record.bytes(), RecordCondition.at(version))))
        .thenApply(outcome -> outcome instanceof Outcome.Committed);
  }

  /** Notes a controller that founded the cluster, or was one before there were records. */
  public CompletionStage<Void> note(MemberRecord self) {
    return store
        .commit(
            Transaction.of(
                new Operation.PutRecord(
                    MemberRecord.key(self.name()), self.bytes(), RecordCondition.ABSENT)))
        .thenApply(outcome -> null);
  }

  private static List<MemberRecord> all(View view) {
    return view.records(MemberRecord.FAMILY).stream()
        .map(StoredRecord::value)
        .map(MemberRecord::of)
        .toList();
  }
}
