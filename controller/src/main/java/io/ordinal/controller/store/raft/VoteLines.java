package io.ordinal.controller.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connections open on which a follower would ask the other followers for their votes.
 * Left alone, they are made in the very election that waits for them: with handshakes, on a busy
 * machine, longer than the election's time; and to a member that was away for long not before
 * gRPC's pause is over, up to two minutes.
 *
 * <p>It asks for a vote that nobody gives, because nobody's log is as short, in the round that
 * binds nobody.
 */
final class VoteLines {
  private static final Logger LOG = LoggerFactory.getLogger(VoteLines.class);

  private final RaftServer.Division division;
  private final ScheduledExecutorService lines;

  /**
   * @param lines for this alone: it waits for answers
   */
  VoteLines(RaftServer.Division division, ScheduledExecutorService lines) {
    this.division = division;
    this.lines = lines;
  }

  void keepOpen(Duration period) {
    long ms = period.toMillis();
    lines.scheduleWithFixedDelay(this::askAll, ms / 4, ms, TimeUnit.MILLISECONDS);
  }

  private void askAll() {
    try {
      // A leader speaks with everybody anyway. Who stands for election must not be disturbed.
      if (!division.getInfo().isAlive() || !division.getInfo().isFollower()) return;
      for (RaftPeer peer : division.getRaftConf().getCurrentPeers()) {
        if (!peer.getId().equals(division.getId())) ask(peer);
      }
    } catch (RuntimeException e) {
      LOG.debug("the ways to the other members were not looked after", e);
    }
  }

  private void ask(RaftPeer peer) {
    try {
      division.getRaftServer().getServerRpc().requestVote(hopeless(peer));
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} does not answer; it is called anew", peer, e);
      boolean follows = division.getInfo().isFollower();
      if (follows) division.getRaftServer().getServerRpc().handleException(peer.getId(), e, true);
    }
  }

  private RequestVoteRequestProto hopeless(RaftPeer peer) {
    RaftRpcRequestProto.Builder call =
        RaftRpcRequestProto.newBuilder()
            .setRequestorId(division.getId().toByteString())
            .setReplyId(peer.getId().toByteString())
            .setRaftGroupId(
                RaftGroupIdProto.newBuilder()
                    .setId(division.getMemberId().getGroupId().toByteString()));
    return RequestVoteRequestProto.newBuilder()
        .setServerRequest(call)
        .setCandidateTerm(division.getInfo().getCurrentTerm())
        .setCandidateLastEntry(TermIndex.INITIAL_VALUE.toProto())
        .setPreVote(true)
        .build();
  }
}
