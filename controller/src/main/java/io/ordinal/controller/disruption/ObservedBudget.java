package io.ordinal.controller.disruption;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Budget;
import io.ordinal.controller.model.BudgetPod;
import io.ordinal.controller.model.BudgetStatus;
import io.ordinal.controller.plan.Disruptions;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A budget and what it counts, all from one view of the store.
 *
 * @param stored as it was read; writing it is conditional on this revision
 * @param wanted how many pods each controller is to have, by its uid
 */
public record ObservedBudget(
    StoredObject stored,
    ApiObject document,
    Budget budget,
    List<BudgetPod> pods,
    Map<String, Integer> wanted,
    Duration patience) {

  /** How it stands. */
  public BudgetStatus status(Instant now) {
    return Disruptions.status(budget, pods, wanted, patience, now);
  }

  /** Notes that a pod's eviction was granted. Refused when the budget has changed since. */
  public Operation charge(String pod, Instant now) {
    Map<String, Instant> evicted = new HashMap<>(budget.evicted());
    evicted.put(pod, now);
    return write(evicted, now);
  }

  /** Writes down how it stands, if that is not what its status says already. */
  Optional<Operation> refresh(Instant now) {
    BudgetStatus status = status(now);
    ApiObject next = BudgetDocument.with(document, status, now);
    // As texts, because numbers that were read and numbers that were put differ in type.
    boolean same = next.status().toString().equals(document.status().toString());
    return same ? Optional.empty() : Optional.of(put(next));
  }

  Optional<Instant> nextLook(Instant now) {
    return Disruptions.nextLook(status(now), patience);
  }

  /** Forgets a granted eviction: the pod is leaving or has left, so its own state counts. */
  public Optional<Operation> settle(String pod, Instant now) {
    if (!budget.evicted().containsKey(pod)) return Optional.empty();
    Map<String, Instant> evicted = new HashMap<>(budget.evicted());
    evicted.remove(pod);
    return Optional.of(write(evicted, now));
  }

  private Operation write(Map<String, Instant> evicted, Instant now) {
    Budget next = new Budget(budget.name(), budget.limit(), evicted, budget.unready());
    BudgetStatus status = Disruptions.status(next, pods, wanted, patience, now);
    return put(BudgetDocument.with(document, status, now));
  }

  private Operation put(ApiObject next) {
    return new Operation.Put(stored.key(), next.draft(), Condition.at(stored.revision()));
  }
}
