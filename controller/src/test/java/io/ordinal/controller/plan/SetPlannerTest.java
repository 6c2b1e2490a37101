package io.ordinal.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.ClaimView;
import io.ordinal.controller.model.ReplicaView;
import io.ordinal.controller.model.ReplicaView.Belonging;
import io.ordinal.controller.model.ReplicaView.Phase;
import io.ordinal.controller.model.SetSpec;
import io.ordinal.controller.model.SetSpec.ClaimRetention;
import io.ordinal.controller.model.SetSpec.UpdateRule;
import io.ordinal.controller.model.SetStatus;
import io.ordinal.controller.model.SetView;
import io.ordinal.controller.plan.SetAction.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of steps by example; what must never happen is in the property test. */
class SetPlannerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant LONG_AGO = NOW.minusSeconds(3600);

  private final List<ReplicaView> replicas = new ArrayList<>();
  private final List<ClaimView> claims = new ArrayList<>();
  private int wanted = 3;
  private boolean ordered = true;
  private UpdateRule update = new UpdateRule.Rolling(0, 1);
  private Duration minReady = Duration.ZERO;
  private ClaimRetention retention = ClaimRetention.RETAIN;

  private SetView view() {
    SetSpec spec =
        new SetSpec(SetWorld.KEY, "set", 1, false, 0, wanted, ordered, update, minReady, retention);
    return new SetView(spec, "old", "new", replicas, claims, Duration.ofSeconds(10));
  }

  private List<SetAction> plan() {
    return SetPlanner.plan(view(), NOW);
  }

  private void pod(int ordinal, String revision, Phase phase, Instant since, boolean ready) {
    replicas.add(
        new ReplicaView(
            ordinal,
            "uid-" + ordinal,
            Belonging.MEMBER,
            phase,
            false,
            ready ? Optional.of(since) : Optional.empty(),
            since,
            revision,
            false));
  }

  private void ready(int ordinal, String revision) {
    pod(ordinal, revision, Phase.RUNNING, LONG_AGO, true);
  }

  private void unready(int ordinal, String revision, Instant since) {
    pod(ordinal, revision, Phase.RUNNING, since, false);
  }

  private static SetAction.End end(int ordinal, Why why) {
    return new SetAction.End(ordinal, "uid-" + ordinal, why);
  }

  @Test
  void the_next_ordinal_waits_for_the_one_below() {
    ready(0, "new");
    assertThat(plan()).containsExactly(new SetAction.Begin(1, "new"));
    unready(1, "new", NOW);
    assertThat(plan()).isEmpty();
  }

  @Test
  void a_replica_that_is_not_ready_for_long_enough_holds_back_the_next() {
    minReady = Duration.ofSeconds(20);
    pod(0, "new", Phase.RUNNING, NOW.minusSeconds(5), true);
    assertThat(plan()).isEmpty();
    assertThat(SetPlanner.nextLook(view(), NOW)).contains(NOW.plusSeconds(15));
  }

  @Test
  void parallel_replicas_begin_at_once() {
    ordered = false;
    assertThat(plan())
        .containsExactly(
            new SetAction.Begin(0, "new"),
            new SetAction.Begin(1, "new"),
            new SetAction.Begin(2, "new"));
  }

  @Test
  void below_the_partition_replicas_begin_with_the_current_revision() {
    ordered = false;
    update = new UpdateRule.Rolling(2, 1);
    assertThat(plan())
        .containsExactly(
            new SetAction.Begin(0, "old"),
            new SetAction.Begin(1, "old"),
            new SetAction.Begin(2, "new"));
  }

  @Test
  void an_update_goes_from_the_top_and_stops_at_the_partition() {
    update = new UpdateRule.Rolling(1, 5);
    for (int each = 0; each < 3; each++) ready(each, "old");
    assertThat(plan()).containsExactly(end(2, Why.OUTDATED), end(1, Why.OUTDATED));
  }

  @Test
  void an_update_on_delete_waits_for_somebody_to_delete() {
    update = new UpdateRule.OnDelete();
    for (int each = 0; each < 3; each++) ready(each, "old");
    assertThat(plan()).isEmpty();
    replicas.remove(1);
    assertThat(plan()).containsExactly(new SetAction.Begin(1, "new"));
  }

  @Test
  void a_parallel_update_ends_the_unavailable_free_of_charge() {
    ordered = false;
    ready(0, "old");
    unready(1, "old", NOW);
    ready(2, "old");
    assertThat(plan()).containsExactly(end(1, Why.OUTDATED));
  }

  @Test
  void a_broken_replica_of_an_unwanted_revision_is_replaced_after_a_while() {
    ready(0, "old");
    ready(1, "old");
    unready(2, "bad", NOW.minusSeconds(4));
    assertThat(plan()).as("it may be busy").isEmpty();
    assertThat(SetPlanner.nextLook(view(), NOW)).contains(NOW.plusSeconds(6));
    replicas.remove(2);
    unready(2, "bad", NOW.minusSeconds(10));
    assertThat(plan()).containsExactly(end(2, Why.BROKEN));
  }

  @Test
  void a_replica_of_an_unwanted_revision_that_never_ran_is_replaced_at_once() {
    pod(0, "bad", Phase.PENDING, NOW, false);
    assertThat(plan()).containsExactly(end(0, Why.BROKEN));
  }

  @Test
  void an_update_takes_nothing_down_while_a_lost_replica_uses_up_what_may_be_unavailable() {
    // Ordinal 1 is on a machine that is lost: it is not ready, and nobody knows whether it runs.
    for (boolean inOrder : new boolean[] {true, false}) {
      replicas.clear();
      ordered = inOrder;
      ready(0, "old");
      unready(1, "new", NOW);
      ready(2, "old");
      assertThat(plan()).as("ordered %s", inOrder).isEmpty();
    }
    update = new UpdateRule.Rolling(0, 2);
    assertThat(plan()).containsExactly(end(2, Why.OUTDATED));
  }

  @Test
  void an_update_goes_on_past_a_lost_replica_once_its_next_life_is_ready() {
    ready(0, "old");
    ending(1, "old");
    ready(2, "new");
    assertThat(plan()).isEmpty(); // Its machine is gone: nothing proves yet that it ended.
    replicas.remove(1);
    assertThat(plan()).containsExactly(new SetAction.Begin(1, "new"));
    ready(1, "new");
    assertThat(plan()).containsExactly(end(0, Why.OUTDATED));
  }

  @Test
  void what_is_evicted_counts_as_unavailable_for_an_update() {
    ordered = false;
    ready(0, "old");
    ready(1, "old");
    ending(2, "old");
    assertThat(plan()).isEmpty();
  }

  private void ending(int ordinal, String revision) {
    replicas.add(
        new ReplicaView(
            ordinal,
            "uid-" + ordinal,
            Belonging.MEMBER,
            Phase.RUNNING,
            true,
            Optional.empty(),
            LONG_AGO,
            revision,
            false));
  }

  @Test
  void a_broken_replica_of_the_wanted_revision_is_waited_for() {
    unready(0, "new", LONG_AGO);
    ready(1, "old");
    assertThat(plan()).isEmpty();
  }

  @Test
  void the_highest_surplus_replica_goes_first_and_alone() {
    wanted = 1;
    for (int each = 0; each < 3; each++) ready(each, "new");
    assertThat(plan()).containsExactly(end(2, Why.SURPLUS));
  }

  @Test
  void nothing_is_removed_while_a_wanted_replica_is_not_available() {
    wanted = 1;
    unready(0, "new", LONG_AGO);
    ready(1, "new");
    assertThat(plan()).isEmpty();
  }

  @Test
  void of_several_broken_surplus_replicas_the_highest_waits_only_for_a_while() {
    wanted = 1;
    ready(0, "new");
    unready(1, "new", LONG_AGO);
    unready(2, "new", NOW);
    assertThat(plan()).isEmpty();
    replicas.remove(2);
    unready(2, "new", LONG_AGO);
    assertThat(plan()).containsExactly(end(2, Why.SURPLUS));
  }

  @Test
  void claims_change_hands_before_the_pod_they_go_with_is_ended() {
    wanted = 0;
    retention = new ClaimRetention(true, true);
    ready(0, "new");
    claims.add(new ClaimView(0, "data-web-0", false, ClaimView.Owner.SET, false, false));
    assertThat(plan()).containsExactly(new SetAction.OwnClaims(0, ClaimView.Owner.POD));
    claims.set(0, new ClaimView(0, "data-web-0", false, ClaimView.Owner.POD, false, false));
    assertThat(plan()).containsExactly(end(0, Why.SURPLUS));
  }

  @Test
  void claims_that_others_control_are_left_alone() {
    retention = new ClaimRetention(true, true);
    wanted = 0;
    ready(0, "new");
    claims.add(new ClaimView(0, "data-web-0", false, ClaimView.Owner.NOBODY, false, true));
    assertThat(plan()).containsExactly(end(0, Why.SURPLUS));
  }

  @Test
  void a_claim_on_its_way_out_holds_back_its_replica() {
    claims.add(new ClaimView(0, "data-web-0", true, ClaimView.Owner.NOBODY, false, false));
    assertThat(plan()).isEmpty();
  }

  @Test
  void somebody_elses_pod_only_takes_the_place() {
    pod(0, "new", Phase.RUNNING, LONG_AGO, true);
    ReplicaView foreign = replicas.remove(0);
    replicas.add(
        new ReplicaView(
            0,
            foreign.podUid(),
            Belonging.FOREIGN,
            foreign.phase(),
            false,
            foreign.readySince(),
            foreign.unreadySince(),
            "x",
            false));
    assertThat(plan()).isEmpty();
    assertThat(SetStatuses.of(view(), 0, NOW).replicas()).isZero();
  }

  @Test
  void the_current_revision_moves_when_everything_is_new_and_ready() {
    ready(0, "new");
    ready(1, "new");
    ready(2, "old");
    assertThat(SetStatuses.of(view(), 4, NOW))
        .isEqualTo(new SetStatus(1, 3, 3, 3, 1, 2, "old", "new", 4));
    replicas.remove(2);
    ready(2, "new");
    assertThat(SetStatuses.of(view(), 4, NOW))
        .isEqualTo(new SetStatus(1, 3, 3, 3, 3, 3, "new", "new", 4));
    update = new UpdateRule.OnDelete();
    assertThat(SetStatuses.of(view(), 4, NOW).currentRevision()).isEqualTo("old");
  }
}
