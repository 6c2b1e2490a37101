package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.drill.DrillStatus.Life;
import io.ordinal.controller.document.drill.DrillStatus.Moment;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChronicleTest {
  private static final ReplicaId WEB = new ReplicaId("default", "web-0");
  private static final NodeName N1 = new NodeName("n1");
  private final Chronicle begun =
      new Chronicle(
          Map.of(WEB, Trace.of(new Life("u", 5L, "n1", "10.0.0.1", List.of(), true, 0))),
          List.of(),
          Set.of(),
          20);

  private static Optional<PodSight> pod(String node, long incarnation, boolean ready) {
    DrillWorld.Pod pod = new DrillWorld.Pod(node, incarnation);
    pod.ready = ready;
    return Optional.of(DrillWorld.sight(pod));
  }

  private static Times times(Chronicle chronicle) {
    return chronicle.traces().get(WEB).times();
  }

  @Test
  void a_pod_of_a_silent_node_is_not_ready_whatever_it_says() {
    Chronicle silent = begun.pod(WEB, pod("n1", 5, true), 0).unheard(N1, 30);
    assertThat(times(silent.pod(WEB, pod("n1", 5, true), 40)))
        .isEqualTo(new Times(30L, null, null, null));
    Chronicle moved = silent.over(N1, "n1#1", "FENCED", 80).pod(WEB, pod("n2", 9, false), 85);
    assertThat(times(moved)).isEqualTo(new Times(30L, 80L, 85L, null));
    assertThat(times(moved.pod(WEB, pod("n2", 9, true), 95)))
        .isEqualTo(new Times(30L, 80L, 85L, 95L));
  }

  @Test
  void a_life_that_went_on_is_ready_when_its_node_is_heard_of_again() {
    Chronicle back =
        begun.pod(WEB, pod("n1", 5, true), 0).unheard(N1, 30).heard(N1, 70).heard(N1, 75);
    assertThat(times(back)).isEqualTo(new Times(30L, null, null, 70L));
    assertThat(back.moments())
        .containsExactly(
            new Moment(30L, "node n1 is not heard of"),
            new Moment(70L, "node n1 is heard of again"));
  }

  @Test
  void a_gap_in_the_pods_is_the_end_of_a_life() {
    Chronicle next = begun.pod(WEB, Optional.empty(), 10).pod(WEB, pod("n1", 6, true), 20);
    assertThat(times(next)).isEqualTo(new Times(10L, 10L, 20L, 20L));
  }

  @Test
  void a_timeline_has_a_limit() {
    Chronicle chronicle = begun;
    for (int i = 0; i < 50; i++) chronicle = chronicle.once(i, "moment " + i);
    assertThat(chronicle.moments()).hasSize(20);
  }
}
