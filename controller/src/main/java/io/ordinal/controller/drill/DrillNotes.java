package io.ordinal.controller.drill;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Writes down what members say of drills. They may say it to several controllers, one after the
 * other, and the later word may be written first: what is known is never undone by an earlier word.
 */
final class DrillNotes {
  private static final int TRIES = 5;
  private final ObjectStore store;

  DrillNotes(ObjectStore store) {
    this.store = store;
  }

  /** Fails when the store does; then the word is lost, as one that was never heard. */
  CompletionStage<Void> report(String uid, String member, SpotReport told) {
    return write(view -> DrillRecords.report(view, uid, member, told));
  }

  /** As {@link #report}. */
  CompletionStage<Void> life(String uid, LifeEvidence life) {
    return write(view -> DrillRecords.life(view, uid, life));
  }

  private CompletionStage<Void> write(Function<View, Optional<Operation>> news) {
    return write(news, Freshness.LOCAL, TRIES);
  }

  private CompletionStage<Void> write(
      Function<View, Optional<Operation>> news, Freshness freshness, int tries) {
    return store
        .read(freshness, news)
        .thenCompose(
            operation ->
                operation.isEmpty()
                    ? CompletableFuture.completedStage(null)
                    : store
                        .commit(Transaction.of(operation.get()))
                        .thenCompose(outcome -> written(outcome, news, tries)));
  }

  private CompletionStage<Void> written(
      Outcome outcome, Function<View, Optional<Operation>> news, int tries) {
    if (!(outcome instanceof Outcome.Refused)) return CompletableFuture.completedStage(null);
    if (tries > 1) return write(news, Freshness.LINEARIZABLE, tries - 1);
    return CompletableFuture.failedStage(
        new IllegalStateException("others were faster " + TRIES + " times"));
  }
}
