package io.ordinal.controller.api;

import io.ordinal.controller.api.http.Refusal;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets so many requests in at once and no more, so that a flood is answered instead of queued. */
final class InFlight {
  private final AtomicInteger now = new AtomicInteger();
  private final int most;

  InFlight(int most) {
    this.most = most;
  }

  /** Throws a StatusException with 429 when there are too many. */
  <T> CompletionStage<T> run(Supplier<CompletionStage<T>> request) {
    if (now.incrementAndGet() > most) {
      now.decrementAndGet();
      throw Refusal.tooMany("too many requests, please try again later");
    }
    try {
      return request.get().whenComplete((answer, failure) -> now.decrementAndGet());
    } catch (RuntimeException refused) {
      now.decrementAndGet();
      throw refused;
    }
  }
}
