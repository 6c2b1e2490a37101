package io.ordinal.controller.api.cluster;

import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoreGroup;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may have certificates, in the store. */
public final class Members {
  private static final Optional<Transaction> NOTHING = Optional.empty();
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

  /**
   * Notes which copy of the store a controller asks a vote for, so that it can be taken back.
   *
   * @return false when it was removed, or changed, meanwhile
   */
  CompletionStage<Boolean> noteCopy(String name, UUID copy) {
    return noted(
        view ->
            in(view, name)
                .filter(each -> each.role() == JoinRole.CONTROLLER)
                .map(each -> put(view, each.withCopy(copy))));
  }

  /**
   * Notes that the copy of a controller is lost.
   *
   * @return false when its record is not this one any more
   */
  CompletionStage<Boolean> noteLost(MemberRecord member) {
    return noted(
        view ->
            in(view, member.name())
                .filter(member::equals)
                .map(each -> put(view, each.withoutCopy())));
  }

  /**
   * Forgets it together with others.
   *
   * @return false when its record is not this one any more
   */
  CompletionStage<Boolean> forget(MemberRecord member, List<Operation> others) {
    RecordKey key = MemberRecord.key(member.name());
    return noted(
        view -> {
          Optional<MemberRecord> found = in(view, member.name());
          List<Operation> steps = new ArrayList<>(others);
          if (found.isPresent()) {
            steps.addAll(forget(member, RecordCondition.at(view.recordVersion(key))));
          }
          boolean other = found.isPresent() && !found.get().equals(member);
          return other ? NOTHING : Optional.of(new Transaction(steps));
        });
  }

  /**
   * Notes where a controller is that founded the cluster, or has another name or address than
   * before. Who has the only copy founds it: also after a restore, where the records are of those
   * before. Another one that is not known was removed, and does not let itself in again.
   */
  public CompletionStage<Noted> note(MemberRecord self, StoreGroup group) {
    return store
        .read(Freshness.LINEARIZABLE, view -> noting(view, self, group))
        .thenCompose(
            wanted ->
                wanted
                    .map(this::written)
                    .map(stage -> stage.thenApply(done -> done ? Noted.STANDS : Noted.OVERTAKEN))
                    .orElseGet(() -> CompletableFuture.completedStage(Noted.UNKNOWN)));
  }

  /** What became of an attempt to note a controller. */
  public enum Noted {
    /** Its record is in the store. */
    STANDS,
    /** Nothing was written: its record was written or removed since it was read. */
    OVERTAKEN,
    /** Nothing was written: it has no record, and founds no cluster. */
    UNKNOWN
  }

  /** Empty for one that may not let itself in. */
  private static Optional<Transaction> noting(View view, MemberRecord self, StoreGroup group) {
    Optional<MemberRecord> before = in(view, self.name());
    if (before.isPresent()) return Optional.of(put(view, before.get().at(self.addresses())));
    boolean founds = all(view).isEmpty() || isAlone(group);
    return founds ? Optional.of(put(view, self)) : NOTHING;
  }

  /** False where nothing is to be written, or it does not hold any more. */
  private CompletionStage<Boolean> noted(Function<View, Optional<Transaction>> noting) {
    return store
        .read(Freshness.LINEARIZABLE, noting)
        .thenCompose(
            wanted ->
                wanted.map(this::written).orElseGet(() -> CompletableFuture.completedStage(false)));
  }

  /** One that was removed can be so by its own copy only, which can write nothing then. */
  private static boolean isAlone(StoreGroup group) {
    return group.members().stream()
        .map(StoreGroup.Member::id)
        .toList()
        .equals(List.of(group.self()));
  }

  /** Empty where it stands so already. */
  private static Transaction put(View view, MemberRecord wanted) {
    RecordKey key = MemberRecord.key(wanted.name());
    RecordCondition still = RecordCondition.at(view.recordVersion(key));
    boolean news = in(view, wanted.name()).filter(wanted::equals).isEmpty();
    return new Transaction(
        news ? List.of(new Operation.PutRecord(key, wanted.bytes(), still)) : List.of());
  }

  private CompletionStage<Boolean> written(Transaction noting) {
    if (noting.operations().isEmpty()) return CompletableFuture.completedStage(true);
    return store.commit(noting).thenApply(outcome -> outcome instanceof Outcome.Committed);
  }

  /** No certificate is renewed for it any more, and its name and addresses are free. */
  public static List<Operation> forget(MemberRecord record) {
    return forget(record, RecordCondition.ANY);
  }

  private static List<Operation> forget(MemberRecord record, RecordCondition condition) {
    List<Operation> steps = new ArrayList<>();
    steps.add(new Operation.DeleteRecord(MemberRecord.key(record.name()), condition));
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
