package io.ordinal.controller.store.raft;

import java.util.List;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;

/**
 * Entries that a leader sends, of which this follower may hold some for good already. As shipped, a
 * request that begins with a committed entry is refused as inconsistent, and the leader begins
 * again behind the last committed one, though what follows is on its way: under steady writes the
 * next request is a repetition too, and a member that was away stays behind for long. Committed
 * entries are the same everywhere (Raft, Leader Completeness), so they are passed over. Pure.
 *
 * @param sent as the leader sent it
 * @param news what is left of it
 */
record RepeatedEntries(AppendEntriesRequestProto sent, AppendEntriesRequestProto news) {
  /**
   * @param sent with one entry or more
   * @param committed up to which index this member's log is committed
   */
  static RepeatedEntries of(AppendEntriesRequestProto sent, long committed) {
    List<LogEntryProto> entries = sent.getEntriesList();
    long known = committed - entries.get(0).getIndex() + 1;
    if (known <= 0) return new RepeatedEntries(sent, sent);
    int passed = (int) Math.min(known, entries.size());
    LogEntryProto previous = entries.get(passed - 1);
    AppendEntriesRequestProto news =
        sent.toBuilder()
            .setPreviousLog(
                TermIndexProto.newBuilder()
                    .setTerm(previous.getTerm())
                    .setIndex(previous.getIndex()))
            .clearEntries()
            .addAllEntries(entries.subList(passed, entries.size()))
            .build();
    return new RepeatedEntries(sent, news);
  }

  /** The answer to the request as it was sent, from the answer to what was left of it. */
  AppendEntriesReplyProto answer(AppendEntriesReplyProto reply) {
    if (news.getEntriesCount() > 0) return reply;
    AppendEntriesReplyProto.Builder answer = reply.toBuilder().setIsHearbeat(false);
    if (reply.getResult() != AppendResult.SUCCESS) return answer.build();
    long last = sent.getEntries(sent.getEntriesCount() - 1).getIndex();
    return answer.setMatchIndex(last).setNextIndex(last + 1).build();
  }
}
