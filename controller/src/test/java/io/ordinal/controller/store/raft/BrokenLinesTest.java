package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.Test;

class BrokenLinesTest {
  private final RaftPeer other = peer("other");
  private final RaftPeer third = peer("third");
  private final Set<RaftPeer> silent = new HashSet<>();
  private final Set<RaftPeer> reachable = new HashSet<>(List.of(other, third));
  private final Set<RaftPeer> group = new HashSet<>(List.of(other, third));
  private final List<RaftPeer> tried = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Hearing known = Hearing.NONE;
  private boolean failing;
  private final List<RaftPeer> renewed = new ArrayList<>();
  private final BrokenLines lines =
      new BrokenLines(
          () -> group,
          () -> silent,
          this::reach,
          this::renew,
          () -> known,
          (peer, word) -> told.add(peer.getId() + " " + word));

  private static Hearing leader(Set<RaftPeer> heard, Set<RaftPeer> silent) {
    return new Hearing(false, ids(heard), ids(silent));
  }

  private static Hearing follower(RaftPeer leader) {
    return new Hearing(true, ids(Set.of(leader)), Set.of());
  }

  private static Set<RaftPeerId> ids(Set<RaftPeer> peers) {
    return peers.stream().map(RaftPeer::getId).collect(Collectors.toSet());
  }

  private void look(Hearing hearing) {
    known = hearing;
    for (int look = 0; look < 3; look++) lines.look();
  }

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
  void a_follower_that_falls_silent_is_told_once_and_so_is_that_it_is_back() {
    silent.add(other);
    look(leader(Set.of(third), Set.of(other)));
    assertThat(told).containsExactly("other SILENT");
    silent.clear();
    look(leader(Set.of(third), Set.of()));
    assertThat(told).as("in doubt").containsExactly("other SILENT");
    look(leader(Set.of(third, other), Set.of()));
    assertThat(told).containsExactly("other SILENT", "other HEARD");
  }

  @Test
  void a_follower_whose_leader_died_says_of_the_dead_one_only_that_it_is_lost() {
    silent.addAll(List.of(other, third)); // Until another leads, either could be lost.
    reachable.remove(other);
    look(Hearing.NONE);
    silent.clear();
    look(follower(third));
    assertThat(told).containsExactly("other UNREACHED");
    reachable.add(other);
    look(follower(third));
    assertThat(renewed).containsExactly(other);
    reachable.remove(other);
    silent.addAll(List.of(other, third));
    look(Hearing.NONE);
    assertThat(told).containsExactly("other UNREACHED", "other UNREACHED");
  }

  @Test
  void nothing_is_said_of_healthy_members_while_there_is_no_leader() {
    silent.addAll(List.of(other, third));
    look(Hearing.NONE);
    silent.clear();
    look(follower(other));
    assertThat(told).isEmpty();
  }

  @Test
  void one_that_leads_no_more_does_not_say_that_a_silent_one_is_back() {
    silent.add(other); // Frozen, so it can be reached.
    look(leader(Set.of(third), Set.of(other)));
    silent.add(third);
    look(Hearing.NONE);
    assertThat(told).containsExactly("other SILENT");
    silent.clear();
    look(follower(third));
    assertThat(told).as("in doubt, and led").containsExactly("other SILENT", "other UNKNOWN");
  }

  @Test
  void one_that_left_the_group_is_not_told_of_any_more() {
    silent.add(other);
    look(leader(Set.of(third), Set.of(other)));
    silent.clear();
    group.remove(other);
    look(leader(Set.of(third, other), Set.of()));
    assertThat(told).containsExactly("other SILENT");
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
