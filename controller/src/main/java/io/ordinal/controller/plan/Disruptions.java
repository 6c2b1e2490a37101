package io.ordinal.controller.plan;

import io.ordinal.controller.model.Budget;
import io.ordinal.controller.model.Budget.Limit;
import io.ordinal.controller.model.Budget.Unready;
import io.ordinal.controller.model.BudgetPod;
import io.ordinal.controller.model.BudgetStatus;
import io.ordinal.controller.model.EvictionView;
import io.ordinal.controller.model.EvictionView.Sibling;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides how many pods may be missing on purpose, and which one may leave next. */
public final class Disruptions {
  private Disruptions() {}

  /**
   * How a budget stands.
   *
   * @param pods that it counts
   * @param wanted how many pods each controller is to have, by its uid
   * @param patience how long a granted eviction counts when its pod does not leave
   */
  public static BudgetStatus status(
      Budget budget,
      List<BudgetPod> pods,
      Map<String, Integer> wanted,
      Duration patience,
      Instant now) {
    Map<String, Instant> evicted = underway(budget, pods, patience, now);
    int healthy = (int) pods.stream().filter(each -> counts(each, evicted)).count();
    Optional<String> trouble = trouble(budget, pods, wanted);
    if (trouble.isPresent()) {
      return new BudgetStatus(healthy, 0, 0, pods.size(), evicted, trouble.get());
    }
    if (budget.limit().isEmpty()) return new BudgetStatus(healthy, 0, 0, 0, evicted, "");
    int expected = needsScale(budget) ? scale(pods, wanted) : pods.size();
    int desired = desired(budget.limit().get(), expected);
    int allowed = expected == 0 ? 0 : Math.max(0, healthy - desired);
    return new BudgetStatus(healthy, desired, allowed, expected, evicted, "");
  }

  /** When the passing of time alone changes what {@link #status} says. */
  public static Optional<Instant> nextLook(BudgetStatus status, Duration patience) {
    return status.evicted().values().stream()
        .map(each -> each.plus(patience))
        .min(Comparator.naturalOrder());
  }

  /** The answer to a request for an eviction. */
  public sealed interface Answer {
    /** It may go; the budget must be charged for it. */
    record Charged() implements Answer {}

    /** It may go and is not missed: nothing is charged. */
    record Free() implements Answer {}

    /** Not now. */
    record Refused(String why) implements Answer {}
  }

  /** Whether a budget, standing as it does, lets this running pod go. */
  public static Answer evict(Budget budget, BudgetStatus status, BudgetPod pod) {
    if (!pod.ready()) {
      boolean enough =
          status.desiredHealthy() > 0 && status.currentHealthy() >= status.desiredHealthy();
      if (budget.unready() == Unready.ALWAYS || enough) return new Answer.Free();
    }
    if (!status.trouble().isEmpty()) return new Answer.Refused(status.trouble());
    if (status.disruptionsAllowed() > 0) return new Answer.Charged();
    return new Answer.Refused(
        "The disruption budget %s needs %d healthy pods and has %d currently"
            .formatted(budget.name(), status.desiredHealthy(), status.currentHealthy()));
  }

  /**
   * Why a replica of an ordered set must wait for others of its set before it leaves, if it must:
   * one at a time, and from the highest ordinal down while a node is being emptied. Others that are
   * broken, or cannot be placed, are waited for no longer than the patience.
   */
  public static Optional<String> outOfTurn(EvictionView view, Duration patience, Instant now) {
    for (Sibling each : view.siblings()) {
      if (each.leavingUntil().isPresent()) {
        if (now.isBefore(each.leavingUntil().get().plus(patience))) {
          return Optional.of(each.name() + ", of the same ordered set, is still leaving");
        }
      } else if (!each.available()
          && !each.stuck()
          && now.isBefore(each.unreadySince().plus(patience))) {
        return Optional.of(each.name() + ", of the same ordered set, is not ready yet");
      }
    }
    return beginning(view).or(() -> higher(view));
  }

  /** A replica that is missing while all below it are available is about to be made. */
  private static Optional<String> beginning(EvictionView view) {
    for (int ordinal : view.wanted()) {
      if (ordinal == view.ordinal()) continue;
      Optional<Sibling> found =
          view.siblings().stream().filter(each -> each.ordinal() == ordinal).findFirst();
      if (found.isEmpty()) {
        return Optional.of("ordinal " + ordinal + " of the same ordered set is about to begin");
      }
      if (!found.get().available()) return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> higher(EvictionView view) {
    if (!view.nodeClosed()) return Optional.empty();
    return view.siblings().stream()
        .filter(each -> each.leavingUntil().isEmpty() && each.node().equals(view.node()))
        .filter(each -> each.ordinal() > view.ordinal())
        .max(Comparator.comparingInt(Sibling::ordinal))
        .map(each -> each.name() + ", of the same ordered set, leaves this node first");
  }

  private static Map<String, Instant> underway(
      Budget budget, List<BudgetPod> pods, Duration patience, Instant now) {
    Map<String, Instant> found = new TreeMap<>();
    for (BudgetPod pod : pods) {
      Instant granted = budget.evicted().get(pod.name());
      if (granted == null || pod.leaving() || !now.isBefore(granted.plus(patience))) continue;
      // The next life of the same name: it was made after the grant, whose time has whole seconds.
      if (pod.created().isAfter(granted.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))) continue;
      found.put(pod.name(), granted);
    }
    return found;
  }

  private static boolean counts(BudgetPod pod, Map<String, Instant> evicted) {
    return pod.ready() && !pod.leaving() && !evicted.containsKey(pod.name());
  }

  private static Optional<String> trouble(
      Budget budget, List<BudgetPod> pods, Map<String, Integer> wanted) {
    if (!needsScale(budget)) return Optional.empty();
    return pods.stream()
        .filter(each -> !wanted.containsKey(each.controller()))
        .findFirst()
        .map(
            each ->
                each.controller().isEmpty()
                    ? "found no controller ref for pod \"" + each.name() + "\""
                    : "found no controllers for pod \"" + each.name() + "\"");
  }

  private static boolean needsScale(Budget budget) {
    return budget.limit().map(Disruptions::needsScale).orElse(false);
  }

  private static boolean needsScale(Limit limit) {
    return limit.match(
        new Limit.Cases<>() {
          @Override
          public Boolean minAvailable(Limit.MinAvailable min) {
            return min.amount().percent();
          }

          @Override
          public Boolean maxUnavailable(Limit.MaxUnavailable max) {
            return true;
          }
        });
  }

  private static int scale(List<BudgetPod> pods, Map<String, Integer> wanted) {
    return pods.stream().map(BudgetPod::controller).distinct().mapToInt(wanted::get).sum();
  }

  private static int desired(Limit limit, int expected) {
    return limit.match(
        new Limit.Cases<>() {
          @Override
          public Integer minAvailable(Limit.MinAvailable min) {
            return min.amount().of(expected);
          }

          @Override
          public Integer maxUnavailable(Limit.MaxUnavailable max) {
            return Math.max(0, expected - max.amount().of(expected));
          }
        });
  }
}
