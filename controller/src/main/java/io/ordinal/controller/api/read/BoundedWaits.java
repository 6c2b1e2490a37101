package io.ordinal.controller.api.read;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Waits that end after a time, up to {@link #PRECISION} late. One look at all of them now and then
 * wakes a thread that often, where a timer for each would do so for every read of a client.
 */
final class BoundedWaits {
  static final Duration PRECISION = Duration.ofMillis(20);

  private record Wait(CompletableFuture<?> answer, long deadline) {
    void endIfLate(long now) {
      if (now - deadline >= 0) answer.completeExceptionally(new TimeoutException());
    }
  }

  private final LongSupplier nanoTime;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Executor later =
      CompletableFuture.delayedExecutor(PRECISION.toMillis(), TimeUnit.MILLISECONDS);

  /**
   * @param nanoTime monotonic
   */
  BoundedWaits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** As the stage ends, or with a {@link TimeoutException}; the stage itself is left alone. */
  <T> CompletableFuture<T> bounded(CompletionStage<T> stage, Duration most) {
    CompletableFuture<T> answer = stage.toCompletableFuture().copy();
    if (answer.isDone()) return answer;
    Wait wait = new Wait(answer, nanoTime.getAsLong() + most.toNanos());
    waits.add(wait);
    answer.whenComplete((done, failure) -> waits.remove(wait));
    lookLater();
    return answer;
  }

  private void lookLater() {
    if (looking.compareAndSet(false, true)) later.execute(this::look);
  }

  private void look() {
    looking.set(false);
    long now = nanoTime.getAsLong();
    waits.forEach(each -> each.endIfLate(now));
    if (!waits.isEmpty()) lookLater();
  }
}
