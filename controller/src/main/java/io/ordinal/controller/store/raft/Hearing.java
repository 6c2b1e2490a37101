package io.ordinal.controller.store.raft;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * Of whom a member has evidence: the leader hears all others, a follower its leader, and who has no
 * leader nobody. Nothing is known of those that are named in neither set. Pure.
 *
 * @param follows a leader that it hears of
 */
record Hearing(boolean follows, Set<RaftPeerId> heard, Set<RaftPeerId> silent) {
  static final Hearing NONE = new Hearing(false, Set.of(), Set.of());

  Hearing {
    heard = Set.copyOf(heard);
    silent = Set.copyOf(silent);
  }

  /**
   * @param quiet a silence that is usual. A leader begins with each follower as silent for about as
   *     long, so one is told silent after twice that time only.
   */
  static Hearing of(RoleInfoProto role, Duration quiet) {
    long ms = quiet.toMillis();
    if (role.hasLeaderInfo()) {
      return new Hearing(
          false,
          of(role, each -> each.getLastRpcElapsedTimeMs() <= ms),
          of(role, each -> each.getLastRpcElapsedTimeMs() > 2 * ms));
    }
    if (!role.hasFollowerInfo()) return NONE;
    ServerRpcProto leader = role.getFollowerInfo().getLeaderInfo();
    ByteString id = leader.getId().getId();
    if (id.isEmpty() || leader.getLastRpcElapsedTimeMs() > ms) return NONE;
    return new Hearing(true, Set.of(RaftPeerId.valueOf(id)), Set.of());
  }

  private static Set<RaftPeerId> of(RoleInfoProto role, Predicate<ServerRpcProto> which) {
    return role.getLeaderInfo().getFollowerInfoList().stream()
        .filter(which)
        .map(each -> RaftPeerId.valueOf(each.getId().getId()))
        .collect(Collectors.toSet());
  }
}
