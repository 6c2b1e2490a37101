package io.ordinal.controller.model;

import java.time.Instant;
import java.util.Map;

/**
 * How a budget stands.
 *
 * @param evicted those of the budget's that still count
 * @param trouble why nothing can be said, or empty
 */
public record BudgetStatus(
    int currentHealthy,
    int desiredHealthy,
    int disruptionsAllowed,
    int expectedPods,
    Map<String, Instant> evicted,
    String trouble) {
  public BudgetStatus {
    evicted = Map.copyOf(evicted);
  }
}
