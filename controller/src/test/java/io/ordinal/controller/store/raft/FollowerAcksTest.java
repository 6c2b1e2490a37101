package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a follower acknowledges to a leader that sends entries again, as after a broken line. */
final class FollowerAcksTest {
  private static final long TERM = 1;
  private static final int ROUNDS = 200;
  private static final RaftPeerId FOLLOWER = RaftPeerId.valueOf("follower");
  private static final RaftPeerId LEADER = RaftPeerId.valueOf("leader");
  private static final ByteString WRITER = ClientId.randomId().toByteString();
  private static final ByteString DATA = ByteString.copyFrom(new byte[20_000]);

  @TempDir Path directory;

  private final RaftGroupId group = RaftGroupId.valueOf(UUID.randomUUID());
  private RaftServer server;
  private RaftServer asked;
  private RaftLog log;

  @BeforeEach
  void start() throws IOException {
    // It is not to stand for election while the test plays the leader.
    StoreSettings settings = TestSettings.with("timing { election-min = 60s, election-max = 90s }");
    RaftPeer self = RaftPeer.newBuilder().setId(FOLLOWER).setAddress("127.0.0.1:0").build();
    RaftPeer leader = RaftPeer.newBuilder().setId(LEADER).setAddress("127.0.0.1:1").build();
    server =
        RaftServer.newBuilder()
            .setServerId(FOLLOWER)
            .setGroup(RaftGroup.valueOf(group, self, leader))
            .setStateMachine(new BaseStateMachine())
            .setProperties(GroupProperties.of(settings, directory.resolve("raft"), false))
            .setOption(RaftStorage.StartupOption.FORMAT)
            .build();
    server.start();
    asked = DurableAcks.over(server);
    log = server.getDivision(group).getRaftLog();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** No entries, and so a heartbeat, where {@code to} is before {@code from}. */
  private AppendEntriesRequestProto request(long from, long to, long committed) {
    List<LogEntryProto> entries =
        LongStream.rangeClosed(from, to).mapToObj(FollowerAcksTest::entry).toList();
    RaftRpcRequestProto call =
        RaftRpcRequestProto.newBuilder()
            .setRequestorId(LEADER.toByteString())
            .setReplyId(FOLLOWER.toByteString())
            .setRaftGroupId(RaftGroupIdProto.newBuilder().setId(group.toByteString()))
            .build();
    AppendEntriesRequestProto.Builder request =
        AppendEntriesRequestProto.newBuilder()
            .setServerRequest(call)
            .setLeaderTerm(TERM)
            .setLeaderCommit(committed)
            .addAllEntries(entries);
    if (from > 0) request.setPreviousLog(TermIndex.valueOf(TERM, from - 1).toProto());
    return request.build();
  }

  private static LogEntryProto entry(long index) {
    return LogEntryProto.newBuilder()
        .setTerm(TERM)
        .setIndex(index)
        .setStateMachineLogEntry(
            StateMachineLogEntryProto.newBuilder()
                .setClientId(WRITER)
                .setCallId(index)
                .setLogData(DATA))
        .build();
  }

  /** What it acknowledged, and up to where its disk held the log at that moment. */
  private record Ack(AppendResult result, long upTo, long onDisk, boolean heartbeat) {}

  private CompletableFuture<Ack> send(long from, long to) throws IOException {
    return send(from, to, -1);
  }

  private CompletableFuture<Ack> send(long from, long to, long committed) throws IOException {
    return asked
        .appendEntriesAsync(request(from, to, committed))
        .thenApply(this::ack)
        .orTimeout(StoreMembers.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Ack ack(AppendEntriesReplyProto reply) {
    return new Ack(
        reply.getResult(), reply.getMatchIndex(), log.getFlushIndex(), reply.getIsHearbeat());
  }

  private static void assertTrue(Ack ack) {
    assertThat(ack.result()).isEqualTo(AppendResult.SUCCESS);
    assertThat(ack.onDisk()).as("%s", ack).isGreaterThanOrEqualTo(ack.upTo());
  }

  @Test
  void entries_behind_one_that_is_being_written_are_not_acknowledged_with_it() throws Exception {
    for (long round = 0; round < ROUNDS; round++) {
      long from = round * 5;
      CompletableFuture<Ack> first = send(from, from);
      CompletableFuture<Ack> more = send(from, from + 4);
      assertTrue(first.join());
      assertTrue(more.join());
      assertThat(log.getNextIndex()).isEqualTo(from + 5);
    }
  }

  @Test
  void entries_sent_twice_are_acknowledged_when_they_are_on_the_disk() throws Exception {
    for (long round = 0; round < ROUNDS; round++) {
      long from = round * 5;
      CompletableFuture<Ack> first = send(from, from + 4);
      CompletableFuture<Ack> again = send(from, from + 4);
      assertTrue(again.join());
      assertTrue(first.join());
    }
  }

  @Test
  void entries_that_are_committed_here_are_passed_over() throws Exception {
    assertTrue(send(0, 9).join());
    assertThat(send(10, 9, 5).join().heartbeat()).isTrue();
    assertThat(log.getLastCommittedIndex()).isEqualTo(5);

    Ack overlapping = send(3, 12).join();
    assertTrue(overlapping);
    assertThat(overlapping.upTo()).isEqualTo(12);
    assertThat(log.getNextIndex()).isEqualTo(13);

    Ack known = send(2, 4).join();
    assertTrue(known);
    assertThat(known.upTo()).isEqualTo(4);
    assertThat(known.heartbeat()).isFalse();
  }

  @Test
  void committed_entries_of_a_leader_whose_term_is_over_are_refused() throws Exception {
    AppendEntriesRequestProto later = request(0, 9, 5).toBuilder().setLeaderTerm(TERM + 1).build();
    asked.appendEntriesAsync(later).join();
    asked.appendEntriesAsync(later.toBuilder().clearEntries().build()).join();

    Ack late = send(2, 4).join();
    assertThat(late.result()).isEqualTo(AppendResult.NOT_LEADER);
    assertThat(late.heartbeat()).isFalse();
  }
}
