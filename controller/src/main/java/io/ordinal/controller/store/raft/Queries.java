package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.View;
import io.ordinal.controller.store.rocks.RocksState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs queries over the state of this member, on threads of their own. */
final class Queries {
  private final ReadBarrier barrier;
  private final Supplier<RocksState> state;
  private final ExecutorService readers;

  Queries(ReadBarrier barrier, Supplier<RocksState> state, ExecutorService readers) {
    this.barrier = barrier;
    this.state = state;
    this.readers = readers;
  }

  /** The same on other threads. */
  Queries on(ExecutorService others) {
    return new Queries(barrier, state, others);
  }

  <T> CompletionStage<T> run(Freshness freshness, Function<View, T> query) {
    CompletionStage<Void> ready =
        switch (freshness) {
          case LINEARIZABLE -> barrier.await();
          case LOCAL -> CompletableFuture.completedFuture(null);
        };
    CompletableFuture<T> answer = new CompletableFuture<>();
    ready.whenComplete(
        (nothing, failure) -> {
          if (failure == null) work(() -> state.get().read(query), answer);
          else answer.completeExceptionally(Failures.unwrapped(failure));
        });
    return answer;
  }

  /** What this member has now, for longer. */
  CompletionStage<KeptView> keep() {
    return work(() -> new KeptQueries(this, state.get().keep()));
  }

  <T> CompletionStage<T> work(Supplier<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    work(work, answer);
    return answer;
  }

  /** What must be done, if need be by the caller. */
  void sometime(Runnable work) {
    try {
      readers.execute(work);
    } catch (RejectedExecutionException e) {
      work.run();
    }
  }

  private <T> void work(Supplier<T> work, CompletableFuture<T> answer) {
    try {
      readers.execute(
          () -> {
            try {
              answer.complete(work.get());
            } catch (RuntimeException | Error e) {
              answer.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          readers.isShutdown()
              ? new StoreUnavailable("the store is closed", e)
              : new StoreOverloaded("too many reads wait already"));
    }
  }
}
