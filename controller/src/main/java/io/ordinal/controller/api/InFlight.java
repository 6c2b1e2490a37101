package io.ordinal.controller.api;

import io.ordinal.controller.api.http.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets so many requests in at once and no more, so that a flood is answered instead of queued; of
 * one user at most three quarters of them, so that it is not everybody's flood. Thread safe.
 */
final class InFlight {
  private static final int PARTS = 4;

  private final Map<String, Integer> ofUsers = new HashMap<>();
  private final int most;
  private int now;

  InFlight(int most) {
    this.most = most;
  }

  /** Throws a StatusException with 429 when there are too many. */
  <T> CompletionStage<T> run(String user, Supplier<CompletionStage<T>> request) {
    enter(user);
    try {
      return request.get().whenComplete((answer, failure) -> leave(user));
    } catch (RuntimeException refused) {
      leave(user);
      throw refused;
    }
  }

  private synchronized void enter(String user) {
    if (now >= most || ofUsers.getOrDefault(user, 0) >= most - most / PARTS) {
      throw Refusal.tooMany("too many requests, please try again later");
    }
    now++;
    ofUsers.merge(user, 1, Integer::sum);
  }

  private synchronized void leave(String user) {
    now--;
    ofUsers.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
  }
}
