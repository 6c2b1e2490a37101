package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.GroupMismatchException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * Calls that need the leader, wherever it is: this process, another, or nobody for a while. A call
 * that fails or whose leader was replaced is repeated under the same number until it is answered or
 * its time is over. The state applies a numbered write once, however often it reaches the log.
 */
final class LeaderCalls {
  private static final String LATE = "the store did not answer in time";
  private static final long PAUSE_MS = 15;

  /** How often calls are looked at in the time that one may take. */
  private static final long SWEEPS = 50;

  private final GroupMember member;
  private final PeerLinks links;
  private final StoreSettings.Timing timing;
  private final Supplier<Duration> age;
  private final ScheduledExecutorService chores;
  private final ClientId writer = ClientId.randomId();
  private final AtomicLong writes = new AtomicLong();
  private final ClientId reader = ClientId.randomId();
  private final AtomicLong reads = new AtomicLong();
  private final Set<Call> live = ConcurrentHashMap.newKeySet();
  private final Executor later;
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * @param age how long this member has heard nothing of a majority
   * @param chores repeats calls after a pause
   */
  LeaderCalls(
      GroupMember member,
      PeerLinks links,
      StoreSettings.Timing timing,
      Supplier<Duration> age,
      ScheduledExecutorService chores) {
    this.member = member;
    this.links = links;
    this.timing = timing;
    this.age = age;
    this.chores = chores;
    long pause = Math.max(1, timing.commitTimeout().toMillis() / SWEEPS);
    this.later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS);
  }

  /** Replicates an entry; completes with the state machine's answer. */
  CompletableFuture<RaftClientReply> write(byte[] entry) {
    Message message = Message.valueOf(UnsafeByteOperations.unsafeWrap(entry));
    return begin(new Write(message, writes.incrementAndGet()));
  }

  /** Completes when everything acknowledged before this call, anywhere, is applied here. */
  CompletableFuture<RaftClientReply> barrier() {
    return begin(new Barrier(reads.incrementAndGet()));
  }

  private CompletableFuture<RaftClientReply> begin(Call call) {
    live.add(call);
    call.answer.whenComplete((reply, failure) -> live.remove(call));
    call.attempt();
    if (!call.answer.isDone()) sweepLater();
    return call.answer;
  }

  /**
   * One look at all calls every now and then costs less than a timer for each. Not by the chores'
   * thread: a disk that hangs may hold that up, and then most of all calls have to end.
   */
  private void sweepLater() {
    if (sweeping.compareAndSet(false, true)) later.execute(this::sweep);
  }

  private void sweep() {
    sweeping.set(false);
    live.forEach(Call::endIfLate);
    if (!live.isEmpty()) sweepLater();
  }

  /** What was asked of an earlier leader is asked again of this one. */
  void leaderIs(RaftPeerId leader) {
    try {
      chores.execute(
          () -> {
            links.abandonAllBut(leader);
            live.stream().filter(call -> call.waitsForAnother(leader)).forEach(Call::attempt);
          });
    } catch (RejectedExecutionException e) {
      closed = true;
    }
  }

  /** Fails what waits, and what comes. */
  void close() {
    closed = true;
    live.forEach(call -> call.giveUp("the store is closed", null));
  }

  private abstract class Call {
    private final long deadline = System.nanoTime() + timing.commitTimeout().toNanos();
    private final CompletableFuture<RaftClientReply> answer = new CompletableFuture<>();
    private Optional<RaftPeerId> asked = Optional.empty();
    private int attempts;

    abstract CompletableFuture<RaftClientReply> send(RaftPeerId leader);

    private boolean isLate() {
      return System.nanoTime() - deadline > 0;
    }

    void endIfLate() {
      if (isLate()) giveUp(LATE, null);
    }

    synchronized boolean waitsForAnother(RaftPeerId leader) {
      return asked.filter(each -> !each.equals(leader)).isPresent();
    }

    void attempt() {
      if (answer.isDone()) return;
      try {
        // A process that was frozen must not send what it has long given up.
        if (closed) giveUp("the store is closed", null);
        else if (isLate()) giveUp(LATE, null);
        else member.leader().ifPresentOrElse(this::ask, this::withoutLeader);
      } catch (RuntimeException e) {
        answer.completeExceptionally(Failures.refusal(e));
      }
    }

    private void withoutLeader() {
      if (age.get().compareTo(timing.leaderless()) > 0)
        giveUp("the store's majority was not heard of for " + age.get(), null);
      else later();
    }

    private void ask(RaftPeerId leader) {
      int attempt;
      synchronized (this) {
        asked = Optional.of(leader);
        attempt = ++attempts;
      }
      send(leader).whenComplete((reply, failure) -> answered(attempt, reply, failure));
    }

    private void answered(int attempt, RaftClientReply reply, Throwable failure) {
      if (failure == null && reply.isSuccess()) {
        answer.complete(reply); // However late: the answer of a former leader is true as well.
        return;
      }
      Throwable cause = failure == null ? reply.getException() : Failures.unwrapped(failure);
      if (isFinal(cause)) answer.completeExceptionally(Failures.refusal(cause));
      else if (isLatest(attempt)) later(cause);
    }

    /** A state that fails may be one member's alone: another can lead. */
    private boolean isFinal(Throwable cause) {
      return cause instanceof ResourceUnavailableException
          || cause instanceof GroupMismatchException
          || (cause instanceof StateMachineException && member.peers().size() == 1);
    }

    private synchronized boolean isLatest(int attempt) {
      if (attempt != attempts) return false;
      asked = Optional.empty();
      return true;
    }

    private void later(Throwable cause) {
      if (isLate()) giveUp(LATE, cause);
      else later();
    }

    private void later() {
      try {
        chores.schedule(this::attempt, PAUSE_MS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        giveUp("the store is closed", null);
      }
    }

    void giveUp(String why, Throwable cause) {
      answer.completeExceptionally(new StoreUnavailable(why, cause));
    }
  }

  private final class Write extends Call {
    private final Message entry;
    private final long number;

    Write(Message entry, long number) {
      this.entry = entry;
      this.number = number;
    }

    @Override
    CompletableFuture<RaftClientReply> send(RaftPeerId leader) {
      RaftClientRequest request =
          member
              .request(leader)
              .setClientId(writer)
              .setCallId(number)
              .setMessage(entry)
              .setType(RaftClientRequest.writeRequestType())
              .build();
      return leader.equals(member.id()) ? member.ask(request) : links.to(leader).send(request);
    }
  }

  /** This member asks the leader for the index by itself. */
  private final class Barrier extends Call {
    private final long number;

    Barrier(long number) {
      this.number = number;
    }

    @Override
    CompletableFuture<RaftClientReply> send(RaftPeerId leader) {
      return member.ask(
          member
              .request(member.id())
              .setClientId(reader)
              .setCallId(number)
              .setMessage(Message.EMPTY)
              .setType(RaftClientRequest.readRequestType())
              .build());
    }
  }
}
