package io.ordinal.controller.store.raft;

import java.util.concurrent.TimeUnit;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.apache.ratis.util.AwaitForSignal;

/**
 * Sends a follower what it lacks as soon as it lacks it. As shipped, a follower hears that an entry
 * is committed with the next entry or heartbeat only, half an election timeout later: until then,
 * watches there are silent, and whoever wrote through it waits. And a signal that comes just before
 * the wait for it is lost, which costs as long.
 *
 * <p>News of a commit waits a moment for an entry to go with: one writer after another would have
 * every message, and its answer, twice.
 *
 * <p>Ratis wakes the thread that sends at every step of every entry, several times for each
 * follower, of which one has something to be sent. It is woken for that one only. For a moment
 * after an entry it looks for the commit by itself.
 */
final class PromptLogAppender extends GrpcLogAppender {
  private static final long NEWS_MS = 1;
  private static final long NEWS_NANOS = TimeUnit.MICROSECONDS.toNanos(900);

  /** For so long after an entry its commit is looked for; later it has to be signalled. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  private final AwaitForSignal news;
  // Written by the thread that sends; others may see an older one, and wake it in vain.
  private volatile long toldCommit = -1;
  // Of the oldest commit that is still to be told; 0 while there is none.
  private long newsSinceNanos;
  private long entrySentNanos = System.nanoTime() - LOOK_NANOS;
  private long sentIndex = -1;

  PromptLogAppender(RaftServer.Division server, LeaderState leader, FollowerInfo follower) {
    super(server, leader, follower);
    this.news = new KeptSignal(follower.getName(), this::hasWork, this::hasNews, NEWS_MS);
  }

  @Override
  public AwaitForSignal getEventAwaitForSignal() {
    return news;
  }

  /** Called by the one thread that sends. */
  @Override
  public AppendEntriesRequestProto newAppendEntriesRequest(long callId, boolean heartbeat)
      throws RaftLogIOException {
    AppendEntriesRequestProto request = super.newAppendEntriesRequest(callId, heartbeat);
    // While entries are on their way to it, a heartbeat could not tell; their answer comes here.
    if (request == null && !hasPendingDataRequests() && newsIsDue())
      request = super.newAppendEntriesRequest(callId, true);
    if (request != null && !hasPendingDataRequests()) {
      toldCommit = Math.max(toldCommit, request.getLeaderCommit());
      newsSinceNanos = 0;
    }
    int entries = request == null ? 0 : request.getEntriesCount();
    if (entries > 0) {
      sentIndex = request.getEntries(entries - 1).getIndex();
      entrySentNanos = System.nanoTime();
    }
    return request;
  }

  /** Called by the same thread. */
  @Override
  public long getWaitTimeMs() {
    long shipped = super.getWaitTimeMs();
    return tellsSoon() || looksForCommit() ? Math.min(shipped, NEWS_MS) : shipped;
  }

  /** While an answer is due each turn would send a heartbeat, and the answer wakes us. */
  private boolean tellsSoon() {
    return newsSinceNanos != 0 && !hasPendingDataRequests();
  }

  private boolean looksForCommit() {
    return sentIndex > toldCommit && System.nanoTime() - entrySentNanos < LOOK_NANOS;
  }

  /** Whether there is something to be sent now. Called by any thread. */
  private boolean hasWork() {
    return !isRunning() || shouldSendAppendEntries();
  }

  /** Whether a commit is to be told. Called by any thread. */
  private boolean hasNews() {
    return !hasPendingDataRequests() && commitIsNews();
  }

  private boolean newsIsDue() {
    if (!commitIsNews()) {
      newsSinceNanos = 0;
      return false;
    }
    long now = System.nanoTime();
    if (newsSinceNanos == 0) newsSinceNanos = now;
    return now - newsSinceNanos >= NEWS_NANOS;
  }

  private boolean commitIsNews() {
    long committed = getRaftLog().getLastCommittedIndex();
    return committed > toldCommit && committed > getFollower().getCommitIndex();
  }
}
