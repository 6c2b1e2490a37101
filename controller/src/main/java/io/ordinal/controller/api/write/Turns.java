package io.ordinal.controller.api.write;

import io.ordinal.controller.store.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets those who change the same object through this controller do so one after another, in the
 * order in which they came: otherwise each that is written makes all others begin anew, and luck
 * decides who is ever written. Nothing depends on it but that. Thread safe.
 */
final class Turns {
  private final Map<ObjectKey, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
  private final Duration patience;

  /**
   * @param patience who waits for longer goes ahead beside those before
   */
  Turns(Duration patience) {
    this.patience = patience;
  }

  <T> CompletionStage<T> take(ObjectKey key, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(key, mine);
    CompletionStage<T> result =
        before == null
            ? begun(work)
            : before
                .copy()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(now -> begun(work));
    return result.whenComplete(
        (done, failure) -> {
          last.remove(key, mine);
          mine.complete(null);
        });
  }

  private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  /** Objects that somebody is changing. */
  int size() {
    return last.size();
  }
}
