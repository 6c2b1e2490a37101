package io.ordinal.controller.store.persistence;

import io.ordinal.controller.store.DurableShape;
import io.ordinal.controller.store.DurableShape.Writing;
import io.ordinal.controller.store.DurableWriteRefused;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.state.javadsl.DurableStateUpdateStore;
import org.apache.pekko.persistence.state.javadsl.GetObjectResult;

/**
 * Keeps the states of durable actors. A state's revision is its record's version, so that of two
 * actors which believe to be the same one only one can write.
 */
final class ObjectStoreDurableState<S> implements DurableStateUpdateStore<S> {
  private final ObjectStore store;
  private final DurableShape<S> shape;
  private final int attempts;

  /**
   * @param attempts how often a write that races with others is planned anew
   */
  ObjectStoreDurableState(ObjectStore store, DurableShape<S> shape, int attempts) {
    if (attempts < 1) throw new IllegalArgumentException("attempts must be positive: " + attempts);
    this.store = store;
    this.shape = shape;
    this.attempts = attempts;
  }

  @Override
  public CompletionStage<GetObjectResult<S>> getObject(String persistenceId) {
    RecordKey key = shape.key(persistenceId);
    return store.read(
        Freshness.LINEARIZABLE,
        view ->
            new GetObjectResult<>(
                shape.recovered(view, key, view.record(key)), view.recordVersion(key)));
  }

  @Override
  public CompletionStage<Done> upsertObject(
      String persistenceId, long revision, S value, String tag) {
    return write(shape.key(persistenceId), revision, value, 1)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) shape.failed(value, cause(failure));
            });
  }

  /** One try: plan on what is applied here, which recovery made at least as new as the actor. */
  private CompletionStage<Done> write(RecordKey key, long revision, S value, int attempt) {
    return store
        .read(
            Freshness.LOCAL,
            view -> {
              long version = view.recordVersion(key);
              if (version != revision - 1) throw stale(key, revision, version);
              return shape.plan(view, value);
            })
        .thenCompose(
            writing ->
                store
                    .commit(transaction(key, revision, writing))
                    .thenCompose(
                        outcome -> settle(key, revision, value, attempt, writing, outcome)));
  }

  private CompletionStage<Done> settle(
      RecordKey key, long revision, S value, int attempt, Writing writing, Outcome outcome) {
    if (outcome instanceof Outcome.Committed committed) {
      shape.committed(value, writing, committed);
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    Outcome.Refused refused = (Outcome.Refused) outcome;
    // The record itself comes last, see transaction().
    boolean raced =
        refused.operation() < writing.operations().size()
            && writing.racing().test(refused.operation());
    if (raced && attempt < attempts) return write(key, revision, value, attempt + 1);
    return CompletableFuture.failedFuture(
        new DurableWriteRefused("expected another state of the store: " + refused.found()));
  }

  private static Transaction transaction(RecordKey key, long revision, Writing writing) {
    List<Operation> operations = new ArrayList<>(writing.operations());
    RecordCondition untouched = RecordCondition.at(revision - 1);
    operations.add(
        writing
            .record()
            .<Operation>map(bytes -> new Operation.PutRecord(key, bytes, untouched))
            .orElseGet(() -> new Operation.DeleteRecord(key, untouched)));
    return new Transaction(operations);
  }

  /**
   * @deprecated Pekko's, for callers that do not know the revision
   */
  @Override
  @Deprecated
  public CompletionStage<Done> deleteObject(String persistenceId) {
    return delete(shape.key(persistenceId), RecordCondition.ANY);
  }

  @Override
  public CompletionStage<Done> deleteObject(String persistenceId, long revision) {
    return delete(shape.key(persistenceId), RecordCondition.at(revision - 1));
  }

  private CompletionStage<Done> delete(RecordKey key, RecordCondition condition) {
    return store
        .commit(Transaction.of(new Operation.DeleteRecord(key, condition)))
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Refused refused) {
                throw new DurableWriteRefused("expected another state of " + key + ": " + refused);
              }
              return Done.getInstance();
            });
  }

  private static DurableWriteRefused stale(RecordKey key, long revision, long version) {
    return new DurableWriteRefused(
        key + ": expected version " + (revision - 1) + ", found " + version);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
  }
}
