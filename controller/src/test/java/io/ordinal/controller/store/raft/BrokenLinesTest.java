package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.ratis.protocol.RaftPeer;
import org.junit.jupiter.api.Test;

class BrokenLinesTest {
  private final RaftPeer other = peer("other");
  private final RaftPeer third = peer("third");
  private final Set<RaftPeer> silent = new HashSet<>();
  private final Set<RaftPeer> reachable = new HashSet<>(List.of(other, third));
  private final Set<RaftPeer> group = new HashSet<>(List.of(other, third));
  private final List<RaftPeer> tried = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private boolean failing;
  private final List<RaftPeer> renewed = new ArrayList<>();
  private final BrokenLines lines =
      new BrokenLines(
          () -> group,
          () -> silent,
          this::reach,
          this::renew,
          (peer, heard) -> told.add(peer.getId() + (heard ? " is back" : " is away")));

  private static RaftPeer peer(String id) {
    return RaftPeer.newBuilder().setId(id).setAddress(id + ":7651").build();
  }

  @Test
  void connections_to_a_member_are_made_anew_once_it_is_reached_again() {
    silent.add(other);
    reachable.remove(other);
    lines.look();
    lines.look();
    assertThat(renewed).isEmpty();
    reachable.add(other);
    lines.look();
    lines.look();
    assertThat(renewed).containsExactly(other);
  }

  @Test
  void a_member_that_falls_silent_is_told_once_and_so_is_that_it_is_back() {
    silent.add(other);
    for (int look = 0; look < 5; look++) lines.look();
    assertThat(told).containsExactly("other is away");
    silent.clear();
    for (int look = 0; look < 5; look++) lines.look();
    assertThat(told).containsExactly("other is away", "other is back");
  }

  @Test
  void one_that_left_the_group_is_not_told_of_any_more() {
    silent.add(other);
    lines.look();
    silent.clear();
    group.remove(other);
    lines.look();
    assertThat(told).containsExactly("other is away");
  }

  private boolean reach(RaftPeer peer) {
    tried.add(peer);
    return reachable.contains(peer);
  }

  private void renew(RaftPeer peer) {
    if (failing) throw new IllegalStateException("not now");
    renewed.add(peer);
  }

  @Test
  void one_that_left_the_group_is_not_asked_for_any_more() {
    silent.add(other);
    reachable.remove(other);
    lines.look();
    silent.clear();
    group.remove(other);
    tried.clear();
    lines.look();
    assertThat(tried).isEmpty();
  }

  @Test
  void connections_that_could_not_be_made_anew_are_tried_again() {
    silent.add(other);
    reachable.remove(other);
    lines.look();
    reachable.add(other);
    failing = true;
    lines.look();
    failing = false;
    lines.look();
    assertThat(renewed).containsExactly(other);
  }

  @Test
  void a_member_that_is_only_slow_keeps_its_connections() {
    silent.add(other);
    lines.look();
    lines.look();
    assertThat(renewed).isEmpty();
  }

  /** Such as when another leads by then, who is heard of. */
  @Test
  void one_that_was_broken_is_not_forgotten_when_nobody_waits_for_it() {
    silent.addAll(List.of(other, third));
    reachable.clear();
    lines.look();
    silent.clear();
    reachable.add(other);
    lines.look();
    reachable.add(third);
    lines.look();
    assertThat(renewed).containsExactly(other, third);
  }
}
