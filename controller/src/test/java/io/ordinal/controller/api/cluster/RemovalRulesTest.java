package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.cluster.RemovalRules.Copy;
import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Seat;
import io.ordinal.controller.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemovalRulesTest {
  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);
  private static final UUID THIRD = new UUID(0, 3);

  @Test
  void the_last_one_stays() {
    assertThat(message(RemovalRules.decide(FIRST, List.of(present(FIRST, "c1")))))
        .isEqualTo("the last controller cannot be removed: it has the only copy");
  }

  @Test
  void a_dead_one_of_three_goes() {
    List<Copy> copies = List.of(present(FIRST, "c1"), present(SECOND, "c2"), absent(THIRD, "c3"));
    assertThat(RemovalRules.decide(THIRD, copies)).isEqualTo(new Verdict.Done<>(THIRD));
  }

  @Test
  void a_living_one_stays_while_another_is_dead_and_needed() {
    List<Copy> copies = List.of(present(FIRST, "c1"), present(SECOND, "c2"), absent(THIRD, "c3"));
    assertThat(message(RemovalRules.decide(SECOND, copies)))
        .isEqualTo(
            "of the 2 controllers that would stay only 1 answer, which is no majority:"
                + " c3 does not answer (it refuses connections)");
  }

  @Test
  void a_controller_is_named_by_its_name_or_its_id() {
    ControllerRecord row =
        new ControllerRecord(FIRST, "c1", new Seat("a:1", 1), "https://a", "a:2", "a:3", true);
    assertThat(RemovalRules.target("c1", List.of(row))).contains(FIRST);
    assertThat(RemovalRules.target(SECOND.toString(), List.of(row))).contains(SECOND);
    assertThat(RemovalRules.target("c2", List.of(row))).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void those_that_stay_are_a_majority_that_answers(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    List<Copy> copies = new ArrayList<>();
    for (int each = 0; each < 1 + random.nextInt(7); each++) {
      UUID id = new UUID(0, each);
      copies.add(random.nextBoolean() ? present(id, "c") : absent(id, "c"));
    }
    UUID target = copies.get(random.nextInt(copies.size())).id();
    if (!(RemovalRules.decide(target, copies) instanceof Verdict.Done)) return;
    long staying = copies.size() - 1L;
    long answering =
        copies.stream().filter(each -> !each.id().equals(target) && each.answers()).count();
    assertThat(answering * 2).as("seed %d", seed).isGreaterThan(staying);
    assertThat(staying).isPositive();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static Copy present(UUID id, String name) {
    return new Copy(id, name, Optional.empty());
  }

  private static Copy absent(UUID id, String name) {
    return new Copy(id, name, Optional.of("it refuses connections"));
  }

  private static String message(Verdict<?> verdict) {
    return ((Verdict.Rejected<?>) verdict).message();
  }
}
