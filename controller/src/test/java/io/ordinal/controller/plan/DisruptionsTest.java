package io.ordinal.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.Budget;
import io.ordinal.controller.model.Budget.Amount;
import io.ordinal.controller.model.Budget.Limit;
import io.ordinal.controller.model.Budget.Unready;
import io.ordinal.controller.model.BudgetPod;
import io.ordinal.controller.model.BudgetStatus;
import io.ordinal.controller.model.EvictionView;
import io.ordinal.controller.model.EvictionView.Sibling;
import io.ordinal.controller.plan.Disruptions.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DisruptionsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<String, Integer> WANTED = Map.of("set", 3);

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @Test
  void at_least_so_many_leaves_the_rest_to_be_evicted() {
    BudgetStatus status = status(min(2, false), pods(true, true, true));
    assertThat(status).isEqualTo(new BudgetStatus(3, 2, 1, 3, Map.of(), ""));
    assertThat(status(min(2, false), pods(true, true, false)).disruptionsAllowed()).isZero();
  }

  @Test
  void at_most_so_many_counts_from_what_the_set_wants() {
    // The third pod does not exist now: it is one of those missing.
    assertThat(status(max(1, false), pods(true, true)))
        .isEqualTo(new BudgetStatus(2, 2, 0, 3, Map.of(), ""));
    assertThat(status(max(2, false), pods(true, true)).disruptionsAllowed()).isEqualTo(1);
  }

  @Test
  void shares_are_rounded_up() {
    assertThat(status(min(50, true), pods(true, true, true)).desiredHealthy()).isEqualTo(2);
    assertThat(status(max(50, true), pods(true, true, true)).desiredHealthy()).isEqualTo(1);
  }

  @Test
  void a_share_of_pods_that_nobody_wants_cannot_be_told() {
    BudgetPod bare = new BudgetPod("bare", true, false, NOW, "");
    BudgetStatus status = status(max(1, false), List.of(bare));
    assertThat(status.trouble()).isEqualTo("found no controller ref for pod \"bare\"");
    assertThat(status.disruptionsAllowed()).isZero();
    assertThat(status(min(0, false), List.of(bare)).disruptionsAllowed()).isEqualTo(1);
  }

  @Test
  void a_granted_eviction_counts_until_the_pod_leaves_or_the_patience_is_over() {
    List<BudgetPod> pods = pods(true, true, true);
    Budget granted = evicted(max(1, false), NOW.minusSeconds(5));
    assertThat(status(granted, pods).disruptionsAllowed()).isZero();
    assertThat(Disruptions.nextLook(status(granted, pods), PATIENCE))
        .hasValue(NOW.minusSeconds(5).plus(PATIENCE));
    assertThat(status(evicted(max(1, false), NOW.minus(PATIENCE)), pods).disruptionsAllowed())
        .isEqualTo(1);
    List<BudgetPod> leaving = new ArrayList<>(pods);
    leaving.set(0, new BudgetPod("set-0", true, true, NOW.minusSeconds(60), "set"));
    assertThat(status(granted, leaving).evicted()).isEmpty();
    assertThat(status(granted, leaving).disruptionsAllowed()).isZero();
    List<BudgetPod> reborn = new ArrayList<>(pods);
    reborn.set(0, new BudgetPod("set-0", true, false, NOW, "set"));
    assertThat(status(granted, reborn).disruptionsAllowed()).isEqualTo(1);
  }

  @Test
  void a_pod_that_is_not_ready_goes_free_where_enough_others_are_healthy() {
    List<BudgetPod> pods = pods(true, true, false);
    Budget budget = min(2, false);
    assertThat(Disruptions.evict(budget, status(budget, pods), pods.get(2)))
        .isInstanceOf(Answer.Free.class);
    assertThat(Disruptions.evict(budget, status(budget, pods), pods.get(0)))
        .isEqualTo(
            new Answer.Refused(
                "The disruption budget budget needs 2 healthy pods and has 2 currently"));
    List<BudgetPod> worse = pods(true, false, false);
    assertThat(Disruptions.evict(budget, status(budget, worse), worse.get(2)))
        .isInstanceOf(Answer.Refused.class);
    Budget always = new Budget("budget", budget.limit(), Map.of(), Unready.ALWAYS);
    assertThat(Disruptions.evict(always, status(always, worse), worse.get(2)))
        .isInstanceOf(Answer.Free.class);
  }

  /** Whatever is asked in which order, there are never fewer healthy pods than desired. */
  @ParameterizedTest
  @MethodSource("seeds")
  void granted_evictions_never_overdraw(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    int replicas = 1 + random.nextInt(6);
    Budget budget =
        random.nextBoolean()
            ? min(random.nextInt(120), random.nextBoolean())
            : max(random.nextInt(4), false);
    Map<String, Integer> wanted = Map.of("set", replicas);
    List<BudgetPod> pods =
        IntStream.range(0, replicas)
            .mapToObj(
                n -> new BudgetPod("set-" + n, random.nextInt(5) > 0, false, Instant.EPOCH, "set"))
            .toList();
    Map<String, Instant> evicted = new HashMap<>();
    for (int step = 0; step < 20; step++) {
      Budget now = new Budget("budget", budget.limit(), evicted, budget.unready());
      BudgetStatus status = Disruptions.status(now, pods, wanted, PATIENCE, NOW);
      BudgetPod asked = pods.get(random.nextInt(replicas));
      boolean before = evicted.containsKey(asked.name());
      if (!before && Disruptions.evict(now, status, asked) instanceof Answer.Charged) {
        evicted.put(asked.name(), NOW);
        BudgetStatus after =
            Disruptions.status(
                new Budget("budget", budget.limit(), evicted, budget.unready()),
                pods,
                wanted,
                PATIENCE,
                NOW);
        assertThat(after.currentHealthy())
            .as("seed %d", seed)
            .isGreaterThanOrEqualTo(after.desiredHealthy());
      }
    }
  }

  @Test
  void a_node_is_emptied_of_an_ordered_set_from_the_highest_ordinal_down() {
    List<Sibling> siblings = List.of(running(0), running(2));
    assertThat(turn(1, true, siblings))
        .hasValue("set-2, of the same ordered set, leaves this node first");
    assertThat(turn(2, true, List.of(running(0), running(1)))).isEmpty();
    assertThat(turn(1, false, siblings)).isEmpty();
  }

  @Test
  void one_replica_of_an_ordered_set_moves_at_a_time() {
    Sibling leaving =
        new Sibling(2, "set-2", "a", false, false, NOW, Optional.of(NOW.plusSeconds(3)));
    assertThat(turn(1, true, List.of(running(0), leaving)))
        .hasValue("set-2, of the same ordered set, is still leaving");
    assertThat(turn(1, true, List.of(running(0))))
        .hasValue("ordinal 2 of the same ordered set is about to begin");
    Sibling beginning = new Sibling(2, "set-2", "b", false, false, NOW, Optional.empty());
    assertThat(turn(1, true, List.of(running(0), beginning)))
        .hasValue("set-2, of the same ordered set, is not ready yet");
  }

  @Test
  void a_replica_that_cannot_be_placed_or_is_broken_for_long_holds_nobody_up() {
    Sibling stuck = new Sibling(2, "set-2", "", false, true, NOW, Optional.empty());
    assertThat(turn(1, true, List.of(running(0), stuck))).isEmpty();
    Instant longAgo = NOW.minus(PATIENCE);
    Sibling broken = new Sibling(2, "set-2", "b", false, false, longAgo, Optional.empty());
    assertThat(turn(1, true, List.of(running(0), broken))).isEmpty();
    // Ordinal 2 is not made while 0 is broken.
    Sibling first = new Sibling(0, "set-0", "b", false, false, longAgo, Optional.empty());
    assertThat(turn(1, true, List.of(first))).isEmpty();
  }

  private static Optional<String> turn(int ordinal, boolean closed, List<Sibling> siblings) {
    EvictionView view = new EvictionView(ordinal, "a", closed, List.of(0, 1, 2), siblings);
    return Disruptions.outOfTurn(view, PATIENCE, NOW);
  }

  private static Sibling running(int ordinal) {
    return new Sibling(
        ordinal, "set-" + ordinal, "a", true, false, Instant.EPOCH, Optional.empty());
  }

  private static BudgetStatus status(Budget budget, List<BudgetPod> pods) {
    return Disruptions.status(budget, pods, WANTED, PATIENCE, NOW);
  }

  private static List<BudgetPod> pods(boolean... ready) {
    return IntStream.range(0, ready.length)
        .mapToObj(n -> new BudgetPod("set-" + n, ready[n], false, NOW.minusSeconds(60), "set"))
        .toList();
  }

  private static Budget min(int value, boolean percent) {
    return budget(new Limit.MinAvailable(new Amount(value, percent)));
  }

  private static Budget max(int value, boolean percent) {
    return budget(new Limit.MaxUnavailable(new Amount(value, percent)));
  }

  private static Budget budget(Limit limit) {
    return new Budget("budget", Optional.of(limit), Map.of(), Unready.IF_HEALTHY_BUDGET);
  }

  private static Budget evicted(Budget budget, Instant at) {
    return new Budget(budget.name(), budget.limit(), Map.of("set-0", at), budget.unready());
  }
}
