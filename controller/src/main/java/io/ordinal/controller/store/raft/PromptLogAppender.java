package io.ordinal.controller.store.raft;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
 */
final class PromptLogAppender extends GrpcLogAppender {
  private static final long NEWS_MS = 1;
  private static final long NEWS_NANOS = TimeUnit.MICROSECONDS.toNanos(900);

  private final AwaitForSignal news;
  private long toldCommit = -1;
  // Of the oldest commit that is still to be told; 0 while there is none.
  private long newsSinceNanos;

  PromptLogAppender(RaftServer.Division server, LeaderState leader, FollowerInfo follower) {
    super(server, leader, follower);
    this.news = new Kept(follower.getName());
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
    return request;
  }

  /** Called by the same thread. */
  @Override
  public long getWaitTimeMs() {
    long shipped = super.getWaitTimeMs();
    // An answer that is due wakes us; until then each turn would send a heartbeat.
    boolean waits = newsSinceNanos == 0 || hasPendingDataRequests();
    return waits ? shipped : Math.min(shipped, NEWS_MS);
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

  /** A signal that nobody waits for is kept for the next who does. */
  private static final class Kept extends AwaitForSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private boolean signaled;

    Kept(String name) {
      super(name);
    }

    @Override
    public void await() throws InterruptedException {
      await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      long left = unit.toNanos(time);
      lock.lockInterruptibly();
      try {
        while (!signaled && left > 0) left = came.awaitNanos(left);
        boolean found = signaled;
        signaled = false;
        return found;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void signal() {
      lock.lock();
      try {
        signaled = true;
        came.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
