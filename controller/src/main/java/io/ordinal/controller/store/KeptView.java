package io.ordinal.controller.store;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The whole state at one revision, for longer than a query takes. What is written over or deleted
 * meanwhile stays on the disk until it is closed. Thread safe; never blocks the caller.
 */
public interface KeptView extends AutoCloseable {
  /**
   * Runs the query on the store's own threads. Fails with {@link StoreUnavailable} once this, or
   * the store, is closed.
   */
  <T> CompletionStage<T> read(Function<View, T> query);

  /** Lets the state go when the queries that run have ended; again does nothing. */
  @Override
  void close();

  /** The same state, looked at in another way. */
  default KeptView seen(UnaryOperator<View> otherwise) {
    KeptView whole = this;
    return new KeptView() {
      @Override
      public <T> CompletionStage<T> read(Function<View, T> query) {
        return whole.read(view -> query.apply(otherwise.apply(view)));
      }

      @Override
      public void close() {
        whole.close();
      }
    };
  }
}
