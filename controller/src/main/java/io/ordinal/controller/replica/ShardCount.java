package io.ordinal.controller.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Into how many shards the cluster's replicas are divided. The first controller writes it down;
 * controllers that divide them otherwise would look for one replica in different places.
 */
public final class ShardCount {
  private static final RecordKey KEY = new RecordKey("replica-shards", "count");
  private final ObjectStore store;
  private final int configured;

  /**
   * @param configured {@code ordinal.replica.shards} of this controller
   */
  public ShardCount(ObjectStore store, int configured) {
    this.store = store;
    this.configured = configured;
  }

  /** What is wrong with the settings of this controller, by its own copy of the store. */
  public CompletionStage<Optional<String>> objection() {
    return store.read(Freshness.LOCAL, view -> written(view).flatMap(this::objection));
  }

  private Optional<String> objection(int agreed) {
    if (agreed == configured) return Optional.empty();
    return Optional.of(
        "ordinal.replica.shards is %d here and %d in this cluster: it must be %d on every controller"
            .formatted(configured, agreed, agreed));
  }

  /**
   * Writes it down if nobody did. Fails when another controller has written another count, or was
   * faster.
   */
  public CompletionStage<Void> settle() {
    return store.read(Freshness.LINEARIZABLE, ShardCount::written).thenCompose(this::settle);
  }

  private CompletionStage<Void> settle(Optional<Integer> agreed) {
    Optional<String> wrong = agreed.flatMap(this::objection);
    if (wrong.isPresent()) throw new IllegalStateException(wrong.get());
    if (agreed.isPresent()) return CompletableFuture.completedStage(null);
    byte[] value = Integer.toString(configured).getBytes(UTF_8);
    return store
        .commit(Transaction.of(new Operation.PutRecord(KEY, value, RecordCondition.ABSENT)))
        .thenAccept(ShardCount::requireWritten);
  }

  private static void requireWritten(Outcome outcome) {
    if (outcome instanceof Outcome.Committed) return;
    throw new IllegalStateException("another controller has written the count of shards meanwhile");
  }

  private static Optional<Integer> written(View view) {
    return view.record(KEY).map(record -> Integer.valueOf(new String(record.value(), UTF_8)));
  }
}
