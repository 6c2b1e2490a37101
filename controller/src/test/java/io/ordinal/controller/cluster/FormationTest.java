package io.ordinal.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.cluster.ControllersLab.Controller;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.typed.SelfUp;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real actor systems over one store; the lines between them are cut as Artery's tests cut them. */
class FormationTest {
  private final ControllersLab lab = new ControllersLab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void three_that_start_together_are_one_cluster() {
    Controller a = lab.start();
    Controller b = lab.start();
    Controller c = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b, c));
    assertThat(lab.records().number()).isEqualTo(1);
  }

  @Test
  void a_founder_that_is_killed_and_comes_back_joins_what_it_founded() {
    Controller a = lab.start();
    soon().until(() -> a.members().size() == 1);
    Controller b = lab.start();
    Controller c = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b, c));

    Controller again = a.again();
    soon().untilAsserted(() -> assertTogether(again, b, c));
    assertThat(lab.records().number()).isEqualTo(1);
    assertThat(b.outdated() || c.outdated()).isFalse();
  }

  @Test
  void who_is_killed_is_downed_by_a_decision_in_the_store() {
    Controller a = lab.start();
    Controller b = lab.start();
    Controller c = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b, c));
    c.kill();
    soon().untilAsserted(() -> assertTogether(a, b));
    assertThat(lab.records().downing().orElseThrow().downed()).containsExactly(c.seat);
  }

  @Test
  void all_that_lose_power_found_the_next_formation_together() {
    Controller a = lab.start();
    Controller b = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b));
    a.kill();
    b.kill();
    Controller a2 = a.again();
    Controller b2 = b.again();
    soon().untilAsserted(() -> assertTogether(a2, b2));
    assertThat(lab.records().number()).isEqualTo(2);
  }

  @Test
  void who_reaches_nobody_of_a_living_formation_founds_none_beside_it() {
    Controller a = lab.start();
    Controller b = lab.start();
    Controller c = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b, c));
    lab.cut(a, c);
    lab.cut(b, c);
    soon().untilAsserted(() -> assertTogether(a, b));

    Controller again = c.again();
    // It asked, was answered, asked once more, and was answered.
    soon().until(() -> lab.records().challengeVersion() >= 4);
    assertThat(lab.records().number()).isEqualTo(1);
    assertThat(a.outdated() || b.outdated()).isFalse();
    assertThat(again.members()).isEmpty();

    lab.heal(a, again);
    lab.heal(b, again);
    soon().untilAsserted(() -> assertTogether(a, b, again));
  }

  @Test
  void who_finds_the_others_dead_founds_the_next_formation() {
    Controller a = lab.start();
    Controller b = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b));
    a.kill();
    Controller again = b.again();
    soon().untilAsserted(() -> assertTogether(again));
    assertThat(lab.records().number()).isEqualTo(2);
  }

  @Test
  void the_side_without_the_store_downs_nobody_and_obeys_when_it_is_back() {
    Controller a = lab.start();
    Controller b = lab.start();
    Controller c = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b, c));
    a.copy.cut(true);
    lab.cut(a, b);
    lab.cut(a, c);
    soon().untilAsserted(() -> assertTogether(b, c));
    assertThat(lab.records().downing().orElseThrow().downed()).containsExactly(a.seat);
    assertThat(a.members()).contains(b.seat, c.seat);

    lab.heal(a, b);
    lab.heal(a, c);
    a.copy.cut(false);
    soon().until(a::outdated);
    Controller again = a.again();
    soon().untilAsserted(() -> assertTogether(again, b, c));
    assertThat(lab.records().number()).isEqualTo(1);
  }

  @Test
  void of_two_that_cannot_reach_each_other_only_one_goes() {
    Controller a = lab.start();
    Controller b = lab.start();
    Controller c = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b, c));
    lab.cut(b, c);
    soon().until(() -> lab.records().downing().isPresent());
    soon().until(() -> b.outdated() || c.outdated());
    assertThat(lab.records().downing().orElseThrow().downed()).hasSize(1);
    assertThat(a.outdated()).isFalse();
    assertThat(b.outdated() && c.outdated()).isFalse();
  }

  @Test
  void nothing_happens_while_nobody_has_a_majority() {
    Controller a = lab.start();
    Controller b = lab.start();
    soon().untilAsserted(() -> assertTogether(a, b));
    a.copy.cut(true);
    b.copy.cut(true);
    lab.cut(a, b);
    soon()
        .until(
            () ->
                org.apache.pekko.cluster.typed.Cluster.get(a.system).state().getUnreachable().size()
                    == 1);
    lab.heal(a, b);
    soon()
        .until(
            () ->
                org.apache.pekko.cluster.typed.Cluster.get(a.system)
                    .state()
                    .getUnreachable()
                    .isEmpty());
    a.copy.cut(false);
    b.copy.cut(false);
    soon().untilAsserted(() -> assertTogether(a, b));
    assertThat(lab.records().downing()).isEmpty();
  }

  @Test
  void an_admission_that_comes_after_its_patience_counts() {
    ActorSystem<Void> founder = lab.founderWhoAdmitsNobody(7);
    Controller late = lab.start("ordinal.cluster.join-patience = 1ms");
    late.copy.slow(Duration.ofMillis(500));
    soon().until(() -> late.copy.reads(6)); // It asked to be let in, and is about to ask again.
    CurrentClusterState state = org.apache.pekko.cluster.typed.Cluster.get(late.system).state();
    late.formation.join().tell(new Formation.CameUp(new SelfUp(state)));
    soon().until(() -> late.membership.formed().toCompletableFuture().isDone());
    assertThat(late.membership.formed().toCompletableFuture().join()).isEqualTo(7);
    founder.terminate();
  }

  private static void assertTogether(Controller... controllers) {
    Set<Seat> seats = Arrays.stream(controllers).map(each -> each.seat).collect(Collectors.toSet());
    for (Controller each : controllers) assertThat(each.members()).isEqualTo(seats);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
