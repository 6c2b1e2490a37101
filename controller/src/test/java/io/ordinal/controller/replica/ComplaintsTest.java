package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.id.Incarnation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Incarnation LIFE = new Incarnation(7);
  private static final Lack LACK = Lack.ofVolume("conf", "configmap \"a\" not found");

  private final Complaints complaints = new Complaints();

  @Test
  void the_same_lack_is_told_again_after_twice_as_long_each_time() {
    List<Integer> told = new ArrayList<>();
    for (int second = 0; second < 600; second++) {
      boolean due = !complaints.due(LIFE, List.of(LACK), START.plusSeconds(second)).isEmpty();
      if (due) told.add(second);
    }
    assertThat(told).containsExactly(0, 1, 2, 4, 8, 16, 32, 64, 128, 250, 372, 494);
  }

  @Test
  void another_lack_and_another_life_are_told_at_once() {
    Lack other = Lack.ofVolume("conf", "configmap \"b\" not found");
    assertThat(complaints.due(LIFE, List.of(LACK), START)).containsExactly(LACK);
    assertThat(complaints.due(LIFE, List.of(LACK, other), START)).containsExactly(other);
    assertThat(complaints.due(LIFE, List.of(LACK), START)).isEmpty();
    assertThat(complaints.due(LIFE, List.of(LACK, other), START)).containsExactly(other);
    assertThat(complaints.due(new Incarnation(8), List.of(LACK), START)).containsExactly(LACK);
  }
}
