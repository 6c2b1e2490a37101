package io.ordinal.controller.api.cluster;

import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Who may have certificates, in the store. */
public final class Members {
  private final ObjectStore store;

  public Members(ObjectStore store) {
    this.store = store;
  }

  /**
   * What a join is decided on.
   *
   * @param present names of nodes whose session takes lives
   * @param versions that a write must expect of what it writes
   */
  record Known(List<MemberRecord> all, Set<String> present, Map<RecordKey, Long> versions) {}

  CompletionStage<Known> known(JoinRequest request) {
    return store.read(
        Freshness.LINEARIZABLE,
        view -> {
          Map<RecordKey, Long> versions = new LinkedHashMap<>();
          RecordKey self = MemberRecord.key(request.name());
          versions.put(self, view.recordVersion(self));
          for (String each : request.addresses()) {
            RecordKey address = MemberRecord.addressKey(each);
            versions.put(address, view.recordVersion(address));
          }
          return new Known(all(view), present(view), versions);
        });
  }

  CompletionStage<Optional<MemberRecord>> find(String name) {
    return store.read(Freshness.LINEARIZABLE, view -> in(view, name));
  }

  CompletionStage<List<MemberRecord>> controllers() {
    return store.read(
        Freshness.LINEARIZABLE,
        view -> all(view).stream().filter(each -> each.role() == JoinRole.CONTROLLER).toList());
  }

  /** As it stands in this view. */
  public static Optional<MemberRecord> in(View view, String name) {
    return view.record(MemberRecord.key(name)).map(each -> MemberRecord.of(each.value()));
  }

  /** False when another machine got the name or an address since these were read. */
  CompletionStage<Boolean> admit(MemberRecord record, Known known) {
    List<Operation> steps = new ArrayList<>();
    known.all().stream()
        .filter(each -> each.name().equals(record.name()))
        .flatMap(each -> each.addresses().stream())
        .filter(each -> !record.addresses().contains(each))
        .forEach(each -> steps.add(removal(MemberRecord.addressKey(each))));
    known
        .versions()
        .forEach(
            (key, version) ->
                steps.add(
                    new Operation.PutRecord(key, record.bytes(), RecordCondition.at(version))));
    return store
        .commit(new Transaction(steps))
        .thenApply(outcome -> outcome instanceof Outcome.Committed);
  }

  /** Notes which copy of the store a controller asks a vote for, so that it can be taken back. */
  CompletionStage<Void> noteCopy(MemberRecord record, UUID copy) {
    if (record.copy().filter(copy::equals).isPresent()) {
      return CompletableFuture.completedStage(null);
    }
    return store
        .commit(
            Transaction.of(
                new Operation.PutRecord(
                    MemberRecord.key(record.name()),
                    record.withCopy(copy).bytes(),
                    RecordCondition.ANY)))
        .thenApply(outcome -> null);
  }

  /**
   * Notes where a controller is that has a copy of the store: it founded the cluster, was one
   * before there were records, or has another address than before.
   */
  public CompletionStage<Void> note(MemberRecord self) {
    RecordKey key = MemberRecord.key(self.name());
    return store
        .read(
            Freshness.LINEARIZABLE,
            view -> {
              Optional<MemberRecord> before = in(view, self.name());
              boolean told = before.filter(each -> each.isAt(self.addresses())).isPresent();
              byte[] now = before.map(each -> each.at(self.addresses())).orElse(self).bytes();
              RecordCondition still = RecordCondition.at(view.recordVersion(key));
              List<Operation> steps =
                  told ? List.of() : List.of(new Operation.PutRecord(key, now, still));
              return new Transaction(steps);
            })
        .thenCompose(
            noting ->
                noting.operations().isEmpty()
                    ? CompletableFuture.completedStage(null)
                    : store.commit(noting).thenApply(outcome -> null));
  }

  /** No certificate is renewed for it any more, and its name and addresses are free. */
  public static List<Operation> forget(MemberRecord record) {
    List<Operation> steps = new ArrayList<>();
    steps.add(removal(MemberRecord.key(record.name())));
    record.addresses().forEach(each -> steps.add(removal(MemberRecord.addressKey(each))));
    return steps;
  }

  private static Operation removal(RecordKey key) {
    return new Operation.DeleteRecord(key, RecordCondition.ANY);
  }

  private static Set<String> present(View view) {
    return Sessions.current(view).stream()
        .filter(each -> each.standing().takesLives())
        .map(NodeStanding::session)
        .map(each -> each.node().value())
        .collect(Collectors.toSet());
  }

  private static List<MemberRecord> all(View view) {
    return view.records(MemberRecord.FAMILY).stream()
        .map(StoredRecord::value)
        .map(MemberRecord::of)
        .toList();
  }
}
