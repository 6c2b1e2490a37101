package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillVerdict;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillPlannerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final DrillWorld world = new DrillWorld();

  private DrillStatus untilInjecting() {
    world.look();
    return world.look();
  }

  private DrillStatus untilObserving() {
    untilInjecting();
    world.report("n2", SpotState.INJECTED);
    return world.look();
  }

  @Test
  void a_lost_node_whose_replica_comes_back_elsewhere_is_a_drill_that_passed() {
    world.pods.get("redis-1").volumes = Map.of("pvc-1", ""); // On every node.
    assertThat(world.look().phase()).isEqualTo(DrillPhase.CHECKING);
    DrillStatus injecting = world.look();
    assertThat(injecting.phase()).isEqualTo(DrillPhase.INJECTING);
    assertThat(injecting.replicas())
        .extracting("forecast")
        .containsExactly("Untouched", "Moves", "Untouched");
    assertThat(DrillFaults.due(world.order, injecting))
        .containsExactly(
            new DrillFaults.Send(
                injecting.targets().get(0), Optional.of(new Fault.KillMember(true))));

    world.after(SECOND.multipliedBy(3)).heard.remove("n2");
    world.ready("redis-1", false);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.OBSERVING);
    world.after(SECOND.multipliedBy(6)).move("redis-1", "n3", 40);
    world.look();
    world.look(); // Takes over what the witness has just seen.
    assertThat(world.status.times()).isEqualTo(new DrillStatus.Times(3000L, 9000L, 9000L, 9000L));

    world.after(SECOND.multipliedBy(21));
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    assertThat(DrillFaults.due(world.order, world.status)).hasSize(1);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.RECOVERING);
    world.after(SECOND.multipliedBy(5));
    DrillStatus done = world.look();
    assertThat(done.verdict()).as(done.message()).isEqualTo(DrillVerdict.PASSED);
    assertThat(done.message()).isEqualTo("1 replica disturbed, ready again after 9000 ms");
    DrillStatus.ReplicaStatus moved = done.replicas().get(1);
    assertThat(moved.before().node()).isEqualTo("n2");
    assertThat(moved.after().node()).isEqualTo("n3");
    assertThat(moved.addressKept()).isFalse();
    assertThat(moved.volumeKept()).isTrue();
    assertThat(moved.overlapMillis()).isZero();
    assertThat(moved.evidence())
        .containsExactly("life 11 was over at 9000 ms and the next placed at 9000 ms, by the log");
    assertThat(done.replicas().get(0).volumeKept()).as("of one without volumes").isNull();
  }

  @Test
  void a_replica_that_comes_back_with_another_volume_fails_the_drill() {
    world.pods.get("redis-1").volumes = Map.of("pvc-1", "");
    untilInjecting();
    world.after(SECOND.multipliedBy(3)).heard.remove("n2");
    world.look();
    world.after(SECOND.multipliedBy(6)).move("redis-1", "n3", 40);
    world.pods.get("redis-1").volumes = Map.of("pvc-7", "");
    world.look();
    world.after(SECOND.multipliedBy(21)).look();
    world.look();
    world.after(SECOND.multipliedBy(5));
    DrillStatus done = world.look();
    assertThat(done.verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(done.replicas().get(1).volumeKept()).isFalse();
  }

  @Test
  void a_degraded_set_refuses_the_drill() {
    world.ready("redis-0", false);
    world.look();
    DrillStatus done = world.look();
    assertThat(done.verdict()).isEqualTo(DrillVerdict.REFUSED);
    assertThat(done.reasons())
        .containsExactly("set default/redis is degraded: 2 of 3 replicas are ready");
    assertThat(done.injectedAt()).isNull();
  }

  private void onController(String name) {
    world.order = DrillWorld.order(new Target.OnController(name), Way.KILL);
    world.spots = List.of(new Spot(Spot.Kind.CONTROLLER, name, Optional.empty(), true));
  }

  @Test
  void no_controller_is_drilled_while_another_is_away() {
    world.controllers.put("c4", true);
    world.controllers.put("c5", false);
    onController("c1");
    world.look();
    assertThat(world.look().verdict()).isEqualTo(DrillVerdict.REFUSED);
    assertThat(world.status.reasons()).containsExactly("controllers cannot be reached: c5");
  }

  @Test
  void a_controller_that_does_not_come_back_is_a_drill_that_failed() {
    onController("c1");
    untilInjecting();
    world.report("c1", SpotState.INJECTED);
    world.controllers.put("c1", false);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.OBSERVING);
    world.after(SECOND.multipliedBy(30));
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.RECOVERING);
    world.after(SECOND.multipliedBy(10));
    assertThat(world.look().phase()).isEqualTo(DrillPhase.RECOVERING);
    world.after(Duration.ofMinutes(10));
    assertThat(world.look().verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(world.status.reasons()).containsExactly("controller c1 did not come back");
  }

  @Test
  void waits_until_all_have_been_ready_for_long_enough() {
    world.pods.get("redis-0").readySince = world.now;
    world.look();
    assertThat(world.look().phase()).isEqualTo(DrillPhase.CHECKING);
    world.after(Duration.ofSeconds(5));
    assertThat(world.look().phase()).isEqualTo(DrillPhase.INJECTING);
  }

  @Test
  void says_beforehand_who_would_not_come_back() {
    DrillWorld.Pod pod = world.pods.get("redis-1");
    pod.fenced = false;
    pod.volumes = Map.of("pvc-1", "n2");
    world.look();
    assertThat(world.look().reasons())
        .containsExactly(
            "default/redis-1 would not come back while the fault lasts: its volume pvc-1 is on that"
                + " node only, and its life is kept; --allow-stranded (spec.allowStranded) rehearses"
                + " it all the same");
  }

  @Test
  void a_dry_run_tells_what_would_happen_and_touches_nothing() {
    DrillOrder order = world.order;
    world.order =
        new DrillOrder(
            order.target(),
            order.way(),
            order.duration(),
            order.sets(),
            order.readyFor(),
            false,
            false,
            true,
            order.timeout(),
            Optional.empty());
    world.look();
    DrillStatus done = world.look();
    assertThat(done.verdict()).isEqualTo(DrillVerdict.FEASIBLE);
    assertThat(done.injectedAt()).isNull();
    assertThat(done.replicas())
        .extracting("forecast")
        .containsExactly("Untouched", "Moves", "Untouched");
  }

  @Test
  void another_drill_and_the_loss_of_the_majority_refuse_it_too() {
    world.running = Optional.of("other");
    world.controllers.put("c1", false);
    world.spots = List.of(new Spot(Spot.Kind.CONTROLLER, "c2", Optional.empty(), true));
    world.look();
    assertThat(world.look().reasons())
        .containsExactly(
            "the drill other is not done",
            "1 of 3 controllers would be left, which is no majority",
            "controllers cannot be reached: c1");
  }

  @Test
  void aborting_before_the_fault_ends_it_at_once() {
    world.look();
    world.ending = Optional.of("spec.abort was set");
    DrillStatus done = world.look();
    assertThat(done.verdict()).isEqualTo(DrillVerdict.ABORTED);
    assertThat(done.injectedAt()).isNull();
  }

  @Test
  void aborting_during_the_fault_takes_it_back_first() {
    world.order = DrillWorld.order(world.order.target(), Way.FREEZE);
    untilObserving();
    world.ending = Optional.of("spec.abort was set");
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    world.report("n2", SpotState.REVERTED);
    assertThat(world.look().verdict()).isEqualTo(DrillVerdict.ABORTED);
    assertThat(world.status.revertedAt()).isEqualTo(world.now);
  }

  @Test
  void a_target_that_refuses_fails_the_drill() {
    world.order = DrillWorld.order(world.order.target(), Way.FREEZE);
    untilInjecting();
    world.report("n2", SpotState.REFUSED);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.RECOVERING);
    world.after(Duration.ofSeconds(5));
    assertThat(world.look().verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(world.status.reasons()).containsExactly("n2 refused the fault: as the test says");
  }

  @Test
  void a_target_that_never_says_anything_is_given_up_and_taken_back() {
    world.order = DrillWorld.order(world.order.target(), Way.FREEZE);
    untilInjecting();
    world.after(Duration.ofSeconds(15));
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    world.after(Duration.ofSeconds(24)); // The fault may have arrived, and ends after 30 s.
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    world.after(Duration.ofSeconds(1));
    assertThat(world.look().phase()).isEqualTo(DrillPhase.RECOVERING);
    assertThat(world.status.targets().get(0).state()).isEqualTo("Silent");
  }

  @Test
  void a_killed_replica_that_restarts_is_observed_no_longer_than_needed() {
    world.order =
        DrillWorld.order(new Target.OnReplica(new ReplicaId("default", "redis-1")), Way.KILL);
    world.spots = List.of(DrillWorld.replica("redis-1", "n2"));
    untilInjecting();
    assertThat(DrillFaults.due(world.order, world.status))
        .extracting(DrillFaults.Send::fault)
        .containsExactly(Optional.of(new Fault.KillReplica(new ReplicaId("default", "redis-1"))));
    world.report("n2", SpotState.REVERTED); // A momentary fault is over as soon as it is done.
    assertThat(world.look().phase()).isEqualTo(DrillPhase.OBSERVING);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.OBSERVING);
    world.after(SECOND).pods.get("redis-1").restarts = 1;
    world.look();
    assertThat(world.look().phase()).isEqualTo(DrillPhase.REVERTING);
    assertThat(world.look().phase()).isEqualTo(DrillPhase.RECOVERING);
    world.after(Duration.ofSeconds(5));
    assertThat(world.look().verdict()).isEqualTo(DrillVerdict.PASSED);
    assertThat(world.status.times().ready()).isEqualTo(1000);
  }

  @Test
  void what_never_recovers_fails_the_drill_when_its_time_is_over() {
    untilObserving();
    world.ready("redis-1", false);
    world.after(Duration.ofSeconds(30)).look();
    world.look();
    world.after(Duration.ofMinutes(10));
    DrillStatus done = world.look();
    assertThat(done.verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(done.reasons())
        .contains(
            "set default/redis did not recover within 600 s: 2 of 3 replicas are ready",
            "default/redis-1 was expected elsewhere while the fault lasted, and was back only after"
                + " it");
  }

  @Test
  void two_lives_at_once_fail_the_drill_by_the_word_of_their_nodes() {
    untilObserving();
    world.after(SECOND.multipliedBy(9)).move("redis-1", "n3", 40);
    var id = new ReplicaId("default", "redis-1");
    world.evidence.add(
        new LifeEvidence(
            id,
            new Incarnation(11),
            "n2",
            Optional.empty(),
            Optional.of(DrillWorld.START.plusSeconds(9))));
    world.evidence.add(
        new LifeEvidence(
            id,
            new Incarnation(40),
            "n3",
            Optional.of(DrillWorld.START.plusSeconds(8)),
            Optional.empty()));
    world.look();
    world.after(Duration.ofSeconds(21)).look();
    world.look();
    world.after(Duration.ofSeconds(5));
    DrillStatus done = world.look();
    assertThat(done.verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(done.reasons())
        .containsExactly("two lives of default/redis-1 ran at once for 1000 ms");
  }
}
