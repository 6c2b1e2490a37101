package io.ordinal.controller.store.raft;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/** How long ago this member heard of its group's majority. */
final class Contact {
  private final GroupMember member;
  private final long quietMs;
  // In nanoseconds of the monotonic clock.
  private volatile long lastHeard = System.nanoTime();

  /**
   * @param quiet a silence that is usual, and counts as none
   */
  Contact(GroupMember member, Duration quiet) {
    this.member = member;
    this.quietMs = quiet.toMillis();
  }

  /** Must be called about as often as a leader may be lost, to know when one was last there. */
  void look() {
    long silence = silenceMs().orElse(-1L);
    if (silence >= 0) lastHeard = Math.max(lastHeard, System.nanoTime() - silence * 1_000_000);
  }

  /** Zero while the silence is a usual one. */
  Duration age() {
    look();
    long ms = (System.nanoTime() - lastHeard) / 1_000_000;
    return ms <= quietMs ? Duration.ZERO : Duration.ofMillis(ms);
  }

  /** Empty while no leader is known. */
  private Optional<Long> silenceMs() {
    if (!member.runs()) return Optional.empty();
    RoleInfoProto role = member.division().getInfo().getRoleInfoProto();
    if (role.hasLeaderInfo()) return Optional.of(majoritySilence(role));
    boolean follows = role.hasFollowerInfo() && member.leader().isPresent();
    if (!follows) return Optional.empty();
    return Optional.of(role.getFollowerInfo().getLeaderInfo().getLastRpcElapsedTimeMs());
  }

  /** The members of the group that may be expected to answer, soonest first. */
  static List<RaftPeerId> liveliest(GroupMember member) {
    RoleInfoProto role = member.division().getInfo().getRoleInfoProto();
    if (!role.hasLeaderInfo()) return List.of(member.id());
    return role.getLeaderInfo().getFollowerInfoList().stream()
        .sorted(Comparator.comparing(ServerRpcProto::getLastRpcElapsedTimeMs))
        .map(each -> RaftPeerId.valueOf(each.getId().getId()))
        .toList();
  }

  static Hearing hearing(GroupMember member, Duration quiet) {
    if (!member.runs()) return Hearing.NONE;
    return Hearing.of(member.division().getInfo().getRoleInfoProto(), quiet);
  }

  /**
   * The members that may have been lost: those that the leader has not heard of for so long, and
   * all others while there is no leader.
   */
  static List<RaftPeer> silent(GroupMember member, Duration quiet) {
    if (!member.runs()) return List.of();
    RoleInfoProto role = member.division().getInfo().getRoleInfoProto();
    List<RaftPeer> others =
        member.peers().stream().filter(each -> !each.getId().equals(member.id())).toList();
    if (!role.hasLeaderInfo()) {
      boolean led = role.hasFollowerInfo() && member.leader().isPresent();
      long ms = led ? role.getFollowerInfo().getLeaderInfo().getLastRpcElapsedTimeMs() : 0;
      return led && ms <= quiet.toMillis() ? List.of() : others;
    }
    Set<RaftPeerId> late =
        role.getLeaderInfo().getFollowerInfoList().stream()
            .filter(each -> each.getLastRpcElapsedTimeMs() > quiet.toMillis())
            .map(each -> RaftPeerId.valueOf(each.getId().getId()))
            .collect(Collectors.toSet());
    return others.stream().filter(each -> late.contains(each.getId())).toList();
  }

  /** The leader counts itself, so half of the others make a majority with it. */
  private static long majoritySilence(RoleInfoProto role) {
    LongStream others =
        role.getLeaderInfo().getFollowerInfoList().stream()
            .mapToLong(ServerRpcProto::getLastRpcElapsedTimeMs);
    long[] sorted = others.sorted().toArray();
    int needed = (sorted.length + 1) / 2;
    return needed == 0 ? 0 : sorted[needed - 1];
  }
}
