package io.ordinal.agent.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Asks one after the other without waiting for those that are silent. */
final class FirstAnswer {
  private FirstAnswer() {}

  /**
   * The first answer of any; fails when all failed.
   *
   * @param headStart of each before the next one is asked too
   */
  static <T> CompletionStage<T> of(List<Supplier<CompletionStage<T>>> asked, Duration headStart) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    AtomicInteger failures = new AtomicInteger();
    for (int turn = 0; turn < asked.size(); turn++) {
      Supplier<CompletionStage<T>> each = asked.get(turn);
      Runnable ask =
          () -> {
            if (answer.isDone()) return;
            each.get()
                .whenComplete(
                    (found, failure) -> {
                      if (failure == null) answer.complete(found);
                      else if (failures.incrementAndGet() == asked.size())
                        answer.completeExceptionally(failure);
                    });
          };
      if (turn == 0) ask.run();
      else later(headStart.multipliedBy(turn), ask);
    }
    return answer;
  }

  private static void later(Duration pause, Runnable task) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(task);
  }
}
