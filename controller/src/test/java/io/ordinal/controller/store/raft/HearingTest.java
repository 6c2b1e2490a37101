package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.CandidateInfoProto;
import org.apache.ratis.proto.RaftProtos.FollowerInfoProto;
import org.apache.ratis.proto.RaftProtos.LeaderInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.Test;

class HearingTest {
  private static final Duration QUIET = Duration.ofMillis(1200);

  private static ServerRpcProto heard(String id, long ms) {
    RaftPeerProto peer =
        RaftPeerProto.newBuilder().setId(RaftPeerId.valueOf(id).toByteString()).build();
    return ServerRpcProto.newBuilder().setId(peer).setLastRpcElapsedTimeMs(ms).build();
  }

  private static Hearing leader(long one, long other) {
    LeaderInfoProto.Builder info = LeaderInfoProto.newBuilder();
    info.addFollowerInfo(heard("one", one)).addFollowerInfo(heard("other", other));
    return Hearing.of(RoleInfoProto.newBuilder().setLeaderInfo(info).build(), QUIET);
  }

  private static Hearing follower(ServerRpcProto leader) {
    FollowerInfoProto info = FollowerInfoProto.newBuilder().setLeaderInfo(leader).build();
    return Hearing.of(RoleInfoProto.newBuilder().setFollowerInfo(info).build(), QUIET);
  }

  @Test
  void a_leader_knows_of_each_follower() {
    Hearing hearing = leader(20, 2401);
    assertThat(hearing.follows()).isFalse();
    assertThat(hearing.heard()).containsExactly(RaftPeerId.valueOf("one"));
    assertThat(hearing.silent()).containsExactly(RaftPeerId.valueOf("other"));
  }

  /** Ratis begins with each follower as silent for the longest election timeout. */
  @Test
  void a_new_leader_takes_nobody_for_silent() {
    assertThat(leader(1200, 1203).silent()).isEmpty();
  }

  @Test
  void a_follower_knows_of_its_leader_only() {
    assertThat(follower(heard("one", 20)))
        .isEqualTo(new Hearing(true, Set.of(RaftPeerId.valueOf("one")), Set.of()));
  }

  @Test
  void who_has_no_leader_knows_of_nobody() {
    assertThat(follower(ServerRpcProto.getDefaultInstance())).isEqualTo(Hearing.NONE);
    assertThat(follower(heard("one", 1300))).isEqualTo(Hearing.NONE);
    CandidateInfoProto candidate = CandidateInfoProto.getDefaultInstance();
    RoleInfoProto role = RoleInfoProto.newBuilder().setCandidateInfo(candidate).build();
    assertThat(Hearing.of(role, QUIET)).isEqualTo(Hearing.NONE);
  }
}
