package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.drill.DrillStatus.Life;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverlapTest {
  private static final ReplicaId WEB = new ReplicaId("default", "web-0");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static Life life(long incarnation) {
    return new Life("uid", incarnation, "n1", null, List.of(), true, 0);
  }

  private static LifeEvidence told(long incarnation, Instant started, Instant ended) {
    return new LifeEvidence(
        WEB,
        new Incarnation(incarnation),
        "n" + incarnation,
        Optional.ofNullable(started),
        Optional.ofNullable(ended));
  }

  private static Overlap of(Times times, LifeEvidence... evidence) {
    return Overlap.of(WEB, life(1), life(2), times, List.of(evidence));
  }

  @Test
  void the_same_life_overlaps_with_nothing() {
    assertThat(Overlap.of(WEB, life(1), life(1), Times.NONE, List.of()).millis()).contains(0L);
  }

  @Test
  void without_any_word_nothing_is_claimed() {
    assertThat(of(Times.NONE).millis()).isEmpty();
  }

  @Test
  void nodes_that_contradict_the_log_are_believed() {
    Times logged = new Times(1L, 5L, 6L, 7L);
    Overlap found = of(logged, told(1, NOON, NOON.plusMillis(30)), told(2, NOON, null));
    assertThat(found.millis()).contains(30L);
    assertThat(found.evidence())
        .containsExactly(
            "processes of life 1 ended on n1 30 ms after those of life 2 began on n2, by their"
                + " nodes",
            "life 1 was over at 5 ms and the next placed at 6 ms, by the log");
  }

  @Test
  void a_life_that_was_placed_before_the_last_one_was_over_is_an_overlap() {
    assertThat(of(new Times(1L, 9L, 4L, null)).millis()).contains(5L);
  }

  @Test
  void the_worst_of_several_successions_counts() {
    Overlap found =
        of(
            Times.NONE,
            told(1, NOON, NOON.plusMillis(5)),
            told(2, NOON.plusMillis(10), NOON.plusMillis(50)),
            told(3, NOON.plusMillis(20), null));
    assertThat(found.millis()).contains(30L);
  }
}
