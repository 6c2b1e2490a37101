package io.ordinal.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.cluster.DowningPlan.Complaint;
import io.ordinal.controller.cluster.DowningPlan.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DowningPlanTest {
  private static final Duration STABLE = Duration.ofSeconds(1);
  private static final Duration OLD = Duration.ofSeconds(2);
  private static final Duration YOUNG = Duration.ofMillis(999);
  private static final Duration BETWEEN = Duration.ofMillis(1500);
  private static final Seat A = new Seat("10.0.0.1:7650", 1);
  private static final Seat B = new Seat("10.0.0.2:7650", 2);
  private static final Seat C = new Seat("10.0.0.3:7650", 3);
  private static final Set<Seat> THREE = Set.of(A, B, C);

  static LongStream seeds() {
    return LongStream.range(0, 300).map(seed -> (seed + 1) * 0x9E3779B97F4A7C15L);
  }

  @Test
  void nobody_is_downed_before_its_time() {
    assertThat(victims(A, THREE, Map.of(new Complaint(A, C), YOUNG))).isEmpty();
    assertThat(victims(A, THREE, Map.of(new Complaint(A, C), STABLE))).containsExactly(C);
  }

  @Test
  void a_dead_member_goes_on_the_word_of_whoever_watches_it() {
    assertThat(victims(A, THREE, Map.of(new Complaint(B, C), OLD))).containsExactly(C);
  }

  @Test
  void the_smaller_part_waits_twice_as_long() {
    Map<Complaint, Duration> apart =
        Map.of(new Complaint(A, B), BETWEEN, new Complaint(A, C), BETWEEN);
    assertThat(victims(A, THREE, apart)).isEmpty();
    assertThat(victims(B, THREE, Map.of(new Complaint(B, A), BETWEEN))).containsExactly(A);
    Map<Complaint, Duration> longApart = Map.of(new Complaint(A, B), OLD, new Complaint(A, C), OLD);
    assertThat(victims(A, THREE, longApart)).containsExactlyInAnyOrder(B, C);
  }

  @Test
  void of_two_halves_only_that_without_the_first_waits() {
    Set<Seat> two = Set.of(A, B);
    assertThat(victims(A, two, Map.of(new Complaint(A, B), STABLE))).containsExactly(B);
    assertThat(victims(B, two, Map.of(new Complaint(B, A), STABLE))).isEmpty();
    assertThat(victims(B, two, Map.of(new Complaint(B, A), OLD))).containsExactly(A);
  }

  @Test
  void of_two_that_quarrel_a_third_downs_one() {
    Map<Complaint, Duration> quarrel = Map.of(new Complaint(B, C), OLD, new Complaint(C, B), OLD);
    assertThat(victims(A, THREE, quarrel)).hasSize(1).doesNotContain(A);
    assertThat(victims(B, THREE, quarrel)).containsExactly(C);
    assertThat(victims(C, THREE, quarrel)).containsExactly(B);
  }

  @Test
  void once_one_of_them_is_downed_the_third_downs_nobody_more() {
    Map<Complaint, Duration> quarrel = Map.of(new Complaint(B, C), OLD, new Complaint(C, B), OLD);
    Situation seen = new Situation(A, THREE, quarrel); // The cluster has not heard of it yet.
    for (Seat loser : List.of(B, C)) {
      DowningRecord decided = DowningRecord.none(1, A).and(loser.equals(B) ? C : B, Set.of(loser));
      assertThat(DowningPlan.victims(seen.after(decided), STABLE)).isEmpty();
    }
  }

  @Test
  void complaints_of_and_about_strangers_do_not_count() {
    Seat stranger = new Seat("10.0.0.9:7650", 9);
    Map<Complaint, Duration> strange =
        Map.of(new Complaint(A, stranger), OLD, new Complaint(stranger, A), OLD);
    assertThat(victims(A, THREE, strange)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nobody_downs_itself_and_no_complaint_is_left(long seed) {
    Random random = new Random(seed);
    List<Seat> members = members(random);
    Map<Complaint, Duration> complaints = new HashMap<>();
    for (Seat observer : members) {
      for (Seat subject : members) {
        if (!observer.equals(subject) && random.nextInt(4) == 0) {
          complaints.put(new Complaint(observer, subject), OLD);
        }
      }
    }
    Seat self = members.get(random.nextInt(members.size()));
    Set<Seat> victims = victims(self, Set.copyOf(members), complaints);
    assertThat(victims).as("seed %d", seed).doesNotContain(self);
    assertThat(complaints.keySet())
        .as("seed %d", seed)
        .allMatch(each -> victims.contains(each.observer()) || victims.contains(each.subject()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_clean_cut_downs_just_the_other_side(long seed) {
    Random random = new Random(seed);
    List<Seat> members = members(random);
    Set<Seat> here = new HashSet<>(members.subList(0, 1 + random.nextInt(members.size() - 1)));
    Map<Complaint, Duration> complaints = new HashMap<>();
    for (Seat observer : here) {
      for (Seat subject : members) {
        if (!here.contains(subject)) complaints.put(new Complaint(observer, subject), OLD);
      }
    }
    Set<Seat> there = new HashSet<>(members);
    there.removeAll(here);
    assertThat(victims(members.get(0), Set.copyOf(members), complaints))
        .as("seed %d", seed)
        .isEqualTo(there);
  }

  /** Whatever they propose and in whatever order the store takes it: somebody is left. */
  @ParameterizedTest
  @MethodSource("seeds")
  void a_history_of_decisions_never_downs_everybody(long seed) {
    Random random = new Random(seed);
    List<Seat> members = members(random);
    DowningRecord record = DowningRecord.none(1, members.get(0));
    for (int turn = 0; turn < 40; turn++) {
      Seat self = members.get(random.nextInt(members.size()));
      if (record.names(self)) continue; // Obeys.
      Map<Complaint, Duration> complaints = new HashMap<>();
      members.stream()
          .filter(each -> !each.equals(self) && random.nextBoolean())
          .forEach(each -> complaints.put(new Complaint(self, each), OLD));
      Situation seen = new Situation(self, Set.copyOf(members), complaints);
      record = record.and(self, DowningPlan.victims(seen.after(record), STABLE));
      assertThat(record.downed()).as("seed %d", seed).doesNotContain(self);
    }
    assertThat(record.downed().size()).as("seed %d", seed).isLessThan(members.size());
  }

  private static List<Seat> members(Random random) {
    List<Seat> members = new ArrayList<>();
    int count = 2 + random.nextInt(6);
    for (int index = 0; index < count; index++) {
      members.add(new Seat("10.0.0." + random.nextInt(1000) + ":7650", index));
    }
    return members;
  }

  private static Set<Seat> victims(
      Seat self, Set<Seat> members, Map<Complaint, Duration> complaints) {
    return DowningPlan.victims(new Situation(self, members, complaints), STABLE);
  }
}
