package io.ordinal.controller.store.raft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Lets reads that wait together share one round to the leader. A read never joins a round that
 * began before it, because that round may not cover a write acknowledged in between.
 */
final class ReadBarrier {
  private static final class Round {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean joined;
  }

  private final Supplier<? extends CompletionStage<?>> leader;
  private final Executor executor;
  private boolean running;
  private Round next = new Round();

  /**
   * @param leader asks once
   * @param executor runs the rounds that follow the first, so that no caller runs those of others
   */
  ReadBarrier(Supplier<? extends CompletionStage<?>> leader, Executor executor) {
    this.leader = leader;
    this.executor = executor;
  }

  /** Completes when this member has applied all that was acknowledged before this call. */
  CompletionStage<Void> await() {
    Round mine;
    synchronized (this) {
      mine = next;
      mine.joined = true;
      if (running) return mine.done;
      running = true;
      next = new Round();
    }
    run(mine);
    return mine.done;
  }

  private void run(Round round) {
    leader
        .get()
        .whenComplete(
            (answer, failure) -> {
              startNext();
              if (failure == null) round.done.complete(null);
              else round.done.completeExceptionally(Failures.unwrapped(failure));
            });
  }

  private void startNext() {
    Round following;
    synchronized (this) {
      running = next.joined;
      if (!running) return;
      following = next;
      next = new Round();
    }
    try {
      executor.execute(() -> run(following));
    } catch (RejectedExecutionException e) {
      run(following); // Closing or crowded: the round must still end.
    }
  }
}
