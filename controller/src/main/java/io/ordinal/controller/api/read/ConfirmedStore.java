package io.ordinal.controller.api.read;

import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The store as the API asks it: what needs a majority is waited for only as long as there is hope
 * for one, and a failure says since when there is none.
 */
public final class ConfirmedStore extends ForwardingStore {
  private final Supplier<Duration> age;
  private final ConfirmPatience patience;
  private final BoundedWaits waits;

  /**
   * @param age time since a majority was last heard of, zero while there is one; must not block
   * @param nanoTime monotonic
   */
  public ConfirmedStore(
      ObjectStore store, Supplier<Duration> age, ConfirmPatience patience, LongSupplier nanoTime) {
    super(store);
    this.age = age;
    this.patience = patience;
    this.waits = new BoundedWaits(nanoTime);
  }

  /** Time since a majority was last heard of; zero while there is one. */
  public Duration age() {
    return age.get();
  }

  /** Whether no majority was heard of for longer than anybody waits for one. */
  public boolean isCutOff() {
    return age.get().compareTo(patience.first()) >= 0;
  }

  /** Fails at once where nothing can be written, so that nobody waits for an actor that waits. */
  public void requireMajority() {
    if (isCutOff()) throw new StoreUnavailable(noMajority(age.get()), null);
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    return explained(store().commit(transaction));
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    if (freshness == Freshness.LOCAL) return store().read(freshness, query);
    // A copy, because the store's own answer must not be completed by our impatience.
    return explained(waits.bounded(store().read(freshness, query), patience.at(age.get())));
  }

  private <T> CompletionStage<T> explained(CompletionStage<T> stage) {
    return stage.exceptionallyCompose(
        failure -> {
          Throwable cause = cause(failure);
          boolean ours = cause instanceof StoreUnavailable || cause instanceof TimeoutException;
          Duration now = age.get();
          if (!ours) return CompletableFuture.failedStage(cause);
          if (!now.isZero()) {
            return CompletableFuture.failedStage(new StoreUnavailable(noMajority(now), cause));
          }
          if (cause instanceof StoreUnavailable) return CompletableFuture.failedStage(cause);
          return CompletableFuture.failedStage(
              new StoreUnavailable("a majority did not confirm it in time", cause));
        });
  }

  private static String noMajority(Duration age) {
    return "no majority of the controllers has been heard of for "
        + Math.max(1, age.toSeconds())
        + " s";
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
