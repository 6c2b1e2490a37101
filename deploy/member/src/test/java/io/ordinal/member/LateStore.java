package io.ordinal.member;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Records in memory; unavailable at the first commit or read and some more that follow. */
final class LateStore implements ObjectStore {
  private final Map<RecordKey, StoredRecord> records = new HashMap<>();
  private final int late;
  private int refused;

  LateStore(int late) {
    this.late = late;
  }

  int refused() {
    return refused;
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    if (refuses()) return CompletableFuture.failedStage(unavailable());
    for (Operation each : transaction.operations()) {
      Operation.PutRecord put = (Operation.PutRecord) each;
      records.putIfAbsent(put.key(), new StoredRecord(put.key(), 1, put.value()));
    }
    return CompletableFuture.completedStage(new Outcome.Committed(List.of(), new Revision(1)));
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    if (refuses()) return CompletableFuture.failedStage(unavailable());
    return CompletableFuture.completedStage(query.apply(new Records()));
  }

  @Override
  public CompletionStage<KeptView> keep() {
    throw new UnsupportedOperationException();
  }

  @Override
  public AutoCloseable onChange(Consumer<Revision> listener) {
    throw new UnsupportedOperationException();
  }

  private boolean refuses() {
    if (refused == late) return false;
    refused++;
    return true;
  }

  private static StoreUnavailable unavailable() {
    return new StoreUnavailable("the store did not answer in time", null);
  }

  private final class Records implements View {
    @Override
    public Revision revision() {
      return new Revision(1);
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
      return Optional.empty();
    }

    @Override
    public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredRecord> record(RecordKey key) {
      return Optional.ofNullable(records.get(key));
    }

    @Override
    public long recordVersion(RecordKey key) {
      return records.containsKey(key) ? 1 : 0;
    }

    @Override
    public List<StoredRecord> records(String family) {
      return records.values().stream().filter(each -> each.key().family().equals(family)).toList();
    }

    @Override
    public List<Change> changes(ResourceName resource, String namespace, Revision after, int most) {
      throw new UnsupportedOperationException();
    }
  }
}
