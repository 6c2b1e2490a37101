package io.ordinal.controller.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How many pods may be missing on purpose, as a PodDisruptionBudget says it.
 *
 * @param limit empty when the budget names none: then nothing may be missing, as in Kubernetes
 * @param evicted pods whose eviction was granted and whose end has not been seen yet, with the
 *     moment of the grant
 * @param unready whether pods that are not ready may always be evicted
 */
public record Budget(
    String name, Optional<Limit> limit, Map<String, Instant> evicted, Unready unready) {
  public Budget {
    evicted = Map.copyOf(evicted);
  }

  /** When pods that run without being ready may be evicted. */
  public enum Unready {
    /** Only while enough others are healthy. */
    IF_HEALTHY_BUDGET,
    ALWAYS
  }

  /** What must stay. */
  public sealed interface Limit {
    <R> R match(Cases<R> cases);

    /** At least so many are to be healthy. */
    record MinAvailable(Amount amount) implements Limit {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.minAvailable(this);
      }
    }

    /** At most so many of those wanted may be missing. */
    record MaxUnavailable(Amount amount) implements Limit {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.maxUnavailable(this);
      }
    }

    interface Cases<R> {
      R minAvailable(MinAvailable limit);

      R maxUnavailable(MaxUnavailable limit);
    }
  }

  /** A number of pods, or a share of those wanted, in percent. */
  public record Amount(int value, boolean percent) {
    public Amount {
      if (value < 0) throw new IllegalArgumentException("an amount is not negative: " + value);
    }

    /** Shares are rounded up, as in Kubernetes. */
    public int of(int wanted) {
      return percent ? (int) (((long) wanted * value + 99) / 100) : value;
    }
  }
}
