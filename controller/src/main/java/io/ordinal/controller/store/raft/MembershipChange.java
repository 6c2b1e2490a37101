package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SetConfigurationRequest.Arguments;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes who is a member, and who leads: looks at what is, asks the leader for the next step, and
 * looks again, until there is nothing left to do. So it may begin anywhere and be repeated.
 */
final class MembershipChange {
  /** What the members should be; empty when they are so already. */
  interface Plan {
    Optional<List<RaftPeer>> wanted(List<RaftPeer> present);
  }

  private static final Logger LOG = LoggerFactory.getLogger(MembershipChange.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final GroupMember member;
  private final PeerLinks links;
  private final Supplier<? extends CompletionStage<?>> barrier;
  private final StoreSettings.Timing timing;
  private final ScheduledExecutorService chores;

  /**
   * @param barrier completes when this member knows all that was decided before
   */
  MembershipChange(
      GroupMember member,
      PeerLinks links,
      Supplier<? extends CompletionStage<?>> barrier,
      StoreSettings.Timing timing,
      ScheduledExecutorService chores) {
    this.member = member;
    this.links = links;
    this.barrier = barrier;
    this.timing = timing;
    this.chores = chores;
  }

  /** Completes when the members are as planned. */
  CompletionStage<Void> reach(Plan plan) {
    Change change = new Change(plan);
    change.look();
    return change.done;
  }

  /** Completes when the given member does not lead. Quickly, or not at all. */
  CompletionStage<Void> handOver(RaftPeerId from) {
    Optional<RaftPeerId> successor = successor(from);
    boolean leads = member.leader().filter(from::equals).isPresent();
    if (!leads || successor.isEmpty()) return CompletableFuture.completedFuture(null);
    Duration most = timing.electionMax().multipliedBy(2);
    TransferLeadershipRequest request = member.transfer(from, successor.get(), most);
    CompletableFuture<RaftClientReply> reply =
        from.equals(member.id())
            ? member.transferLeadership(request)
            : links.to(from).transferLeadership(request, most.plus(most));
    return reply
        .thenAccept(Failures::throwIfFailed)
        .handle((done, failure) -> handedOver(from, failure))
        .thenCompose(each -> each);
  }

  /** Whoever lost the lead meanwhile has handed it over as well. */
  private CompletionStage<Void> handedOver(RaftPeerId from, Throwable failure) {
    boolean leads = member.leader().filter(from::equals).isPresent();
    if (failure == null || !leads) return CompletableFuture.completedFuture(null);
    return CompletableFuture.failedFuture(Failures.unwrapped(failure));
  }

  /** Whoever this member last heard of, since it will answer soonest. */
  private Optional<RaftPeerId> successor(RaftPeerId leader) {
    List<RaftPeerId> lively = Contact.liveliest(member);
    return lively.stream().filter(id -> !id.equals(leader)).findFirst();
  }

  private final class Change {
    private final Plan plan;
    private final long deadline = System.nanoTime() + timing.joinTimeout().toNanos();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Change(Plan plan) {
      this.plan = plan;
    }

    void look() {
      barrier.get().whenComplete((now, failure) -> guarded(failure, this::step));
    }

    private void guarded(Throwable failure, Runnable next) {
      if (failure != null) {
        again(failure);
        return;
      }
      try {
        next.run();
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    }

    private void step() {
      List<RaftPeer> present = member.peers();
      Optional<List<RaftPeer>> wanted = plan.wanted(present);
      Optional<RaftPeerId> leader = member.leader();
      if (wanted.isEmpty()) done.complete(null);
      else if (leader.isEmpty()) again(new IOException("there is no leader"));
      else if (names(wanted.get(), leader.get())) ask(leader.get(), present, wanted.get());
      else handOver(leader.get()).whenComplete((handed, failure) -> again(failure));
    }

    private void ask(RaftPeerId leader, List<RaftPeer> present, List<RaftPeer> wanted) {
      Arguments arguments =
          Arguments.newBuilder()
              .setServersInNewConf(wanted.stream().map(MembershipChange.this::reachable).toList())
              .setServersInCurrentConf(present)
              .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
              .build();
      SetConfigurationRequest request = member.change(leader, arguments);
      CompletableFuture<RaftClientReply> reply =
          leader.equals(member.id())
              ? member.setConfiguration(request)
              : links.to(leader).setConfiguration(request, timing.joinTimeout());
      // The reply may come under a lock of the server, which whatever follows may want too.
      reply
          .thenAccept(Failures::throwIfFailed)
          .whenCompleteAsync(
              (nothing, failure) -> {
                if (failure == null) done.complete(null);
                else again(failure);
              },
              chores);
    }

    private void again(Throwable failure) {
      Throwable cause = failure == null ? null : Failures.unwrapped(failure);
      if (cause != null) LOG.info("the members are not changed yet: {}", cause.getMessage());
      boolean silent = cause != null && cause.getCause() instanceof ReconfigurationTimeoutException;
      if (silent || System.nanoTime() > deadline) {
        done.completeExceptionally(
            new StoreUnavailable("the members could not be changed in time", cause));
        return;
      }
      try {
        chores.schedule(this::look, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        done.completeExceptionally(new StoreUnavailable("the store is closed", e));
      }
    }
  }

  private static boolean names(List<RaftPeer> peers, RaftPeerId id) {
    return peers.stream().anyMatch(peer -> peer.getId().equals(id));
  }

  /** A group of one may have begun on another address: nobody else needed it. */
  private RaftPeer reachable(RaftPeer peer) {
    if (!peer.getId().equals(member.id())) return peer;
    try {
      return RaftPeer.newBuilder(peer).setAddress(member.address()).build();
    } catch (IOException e) {
      throw new StoreUnavailable("the store is closed", e);
    }
  }
}
