package io.ordinal.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.plan.Placement.Candidate;
import io.ordinal.controller.plan.Placement.Choice;
import io.ordinal.controller.plan.Placement.Chosen;
import io.ordinal.controller.plan.Placement.Nowhere;
import io.ordinal.controller.plan.Placement.Taint;
import io.ordinal.controller.plan.Placement.Toleration;
import io.ordinal.controller.plan.Placement.Wish;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementPropertyTest {
  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void never_chooses_a_node_that_must_not_have_the_pod(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    List<Candidate> candidates = candidates(random);
    Wish wish = wish(random);
    Choice choice = Placement.choose(wish, candidates);
    if (!(choice instanceof Chosen chosen)) return;
    NodeStanding node = chosen.node();
    Candidate candidate =
        candidates.stream().filter(each -> each.node().equals(node)).findFirst().orElseThrow();
    NodeName name = node.session().node();
    assertThat(node.standing()).as("seed %d", seed).isEqualTo(Standing.READY);
    assertThat(node.schedulable()).as("seed %d", seed).isTrue();
    assertThat(node.labels()).as("seed %d", seed).containsAllEntriesOf(wish.nodeSelector());
    assertThat(wish.volumeNodes().map(nodes -> nodes.contains(name)).orElse(true))
        .as("seed %d", seed)
        .isTrue();
    assertThat(wish.nodeName()).as("seed %d", seed).isIn("", name.value());
    if (wish.tolerations().isEmpty()) {
      assertThat(candidate.taints())
          .as("seed %d", seed)
          .allMatch(taint -> taint.effect().equals("PreferNoSchedule"));
    }
    if (candidate.podsCapacity() >= 0) {
      assertThat(candidate.pods()).as("seed %d", seed).isLessThan(candidate.podsCapacity());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void chooses_the_same_in_whatever_order_the_nodes_come(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    List<Candidate> candidates = candidates(random);
    Wish wish = wish(random);
    Choice choice = Placement.choose(wish, candidates);
    Collections.shuffle(candidates, random);
    assertThat(Placement.choose(wish, candidates)).as("seed %d", seed).isEqualTo(choice);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void finds_a_place_when_there_is_a_plain_node(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    List<Candidate> candidates = candidates(random);
    candidates.add(candidate("plain", Standing.READY, true, Map.of("disk", "fast"), List.of(), -1));
    Wish wish = new Wish("", Map.of("disk", "fast"), List.of(), Optional.empty());
    assertThat(Placement.choose(wish, candidates)).as("seed %d", seed).isInstanceOf(Chosen.class);
  }

  @Test
  void tells_why_nowhere_in_the_words_of_kubernetes() {
    List<Candidate> candidates =
        List.of(
            candidate("a", Standing.FENCED, true, Map.of(), List.of(), -1),
            candidate("b", Standing.READY, false, Map.of(), List.of(), -1),
            candidate("c", Standing.READY, true, Map.of(), List.of(), 0));
    Wish wish = new Wish("", Map.of(), List.of(), Optional.empty());
    assertThat(Placement.choose(wish, candidates))
        .isEqualTo(
            new Nowhere(
                "0/3 nodes are available: 1 Too many pods, 1 node(s) were not ready,"
                    + " 1 node(s) were unschedulable."));
    assertThat(Placement.choose(wish, List.of()))
        .isEqualTo(new Nowhere("no nodes available to schedule pods"));
  }

  @Test
  void spreads_a_set_before_it_looks_at_load() {
    Candidate busy = new Candidate(ready("busy"), List.of(), -1, 50, 0);
    Candidate sibling = new Candidate(ready("sibling"), List.of(), -1, 1, 1);
    Wish wish = new Wish("", Map.of(), List.of(), Optional.empty());
    assertThat(Placement.choose(wish, List.of(sibling, busy))).isEqualTo(new Chosen(busy.node()));
  }

  @Test
  void a_toleration_lets_a_tainted_node_be_chosen() {
    Taint taint = new Taint("only", "db", "NoSchedule");
    List<Candidate> candidates =
        List.of(candidate("a", Standing.READY, true, Map.of(), List.of(taint), -1));
    for (Toleration toleration :
        List.of(
            new Toleration("only", "Equal", "db", "NoSchedule"),
            new Toleration("only", "Exists", "", ""),
            new Toleration("", "Exists", "", ""))) {
      Wish wish = new Wish("", Map.of(), List.of(toleration), Optional.empty());
      assertThat(Placement.choose(wish, candidates)).isInstanceOf(Chosen.class);
    }
    for (Toleration other :
        List.of(
            new Toleration("only", "Equal", "web", "NoSchedule"),
            new Toleration("only", "Exists", "", "NoExecute"),
            new Toleration("", "Equal", "db", ""))) {
      Wish wish = new Wish("", Map.of(), List.of(other), Optional.empty());
      assertThat(Placement.choose(wish, candidates)).isInstanceOf(Nowhere.class);
    }
  }

  private static List<Candidate> candidates(Random random) {
    List<Candidate> found = new ArrayList<>();
    for (int node = 0; node < random.nextInt(6); node++) {
      List<Taint> taints = new ArrayList<>();
      if (random.nextInt(4) == 0) {
        String effect = List.of("NoSchedule", "PreferNoSchedule", "NoExecute").get(node % 3);
        taints.add(new Taint("k", "v", effect));
      }
      Candidate plain =
          candidate(
              "node-" + node,
              Standing.values()[random.nextInt(3)],
              random.nextInt(4) != 0,
              random.nextBoolean() ? Map.of("disk", "fast") : Map.of(),
              taints,
              random.nextInt(4) - 1);
      found.add(
          new Candidate(
              plain.node(), taints, plain.podsCapacity(), random.nextInt(4), random.nextInt(2)));
    }
    return found;
  }

  private static Wish wish(Random random) {
    Set<NodeName> nodes = new HashSet<>();
    for (int node = 0; node < 6; node++) {
      if (random.nextBoolean()) nodes.add(new NodeName("node-" + node));
    }
    return new Wish(
        random.nextInt(6) == 0 ? "node-1" : "",
        random.nextInt(3) == 0 ? Map.of("disk", "fast") : Map.of(),
        random.nextInt(3) == 0 ? List.of(new Toleration("k", "Exists", "", "")) : List.of(),
        random.nextInt(3) == 0 ? Optional.of(nodes) : Optional.empty());
  }

  private static Candidate candidate(
      String name,
      Standing standing,
      boolean schedulable,
      Map<String, String> labels,
      List<Taint> taints,
      int capacity) {
    return new Candidate(
        new NodeStanding(session(name), standing, 1, "192.0.2.1", schedulable, labels),
        taints,
        capacity,
        0,
        0);
  }

  private static NodeStanding ready(String name) {
    return new NodeStanding(session(name), Standing.READY, 1, "192.0.2.1", true, Map.of());
  }

  private static Session session(String name) {
    return new Session(new NodeName(name), new UUID(0, name.hashCode()), "boot", 1);
  }
}
