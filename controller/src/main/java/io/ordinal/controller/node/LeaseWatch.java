package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.event.Events;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.LeaseStep.Sight;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Restored;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Looks at the leases again and again, fences sessions whose lease lapsed, and keeps the Ready
 * conditions of Node objects. Runs on every controller: what it proposes is conditional, so the
 * fastest wins and nothing waits for a singleton to move.
 */
public final class LeaseWatch extends AbstractBehavior<LeaseWatch.Command> {
  /** Only timers and futures speak to it. */
  public sealed interface Command {}

  private record Look() implements Command {}

  private record Looked(List<Sight> sights, Optional<RestoreStep> hold) implements Command {}

  /**
   * @param longest of all sessions' grants
   * @param lift what ends the hold, if no node is waited for
   */
  private record RestoreStep(Restored restored, Duration longest, Optional<Transaction> lift) {}

  private record LookFailed(Throwable cause) implements Command {}

  private record Tried(LeaseStep step, Outcome outcome) implements Command {}

  private record TryFailed(LeaseStep step, Throwable cause) implements Command {}

  private record AllTried() implements Command {}

  private record Lifted(boolean committed, Optional<Throwable> failure) implements Command {}

  private final TimerScheduler<Command> timers;
  private final ObjectStore store;
  private final Lives lives;
  private final Events events;
  private final InstantSource clock;
  private final MonotonicClock watch;
  private final NodeSettings settings;
  private LeaseLedger ledger = LeaseLedger.EMPTY;
  private TaintLedger taints = TaintLedger.EMPTY;
  private Optional<Duration> heldSince = Optional.empty();
  private Map<Session, String> expelling = Map.of();
  private Set<Session> faultyBefore = Set.of();
  private Set<Session> faulty = new HashSet<>();

  /**
   * Begins anew after a fault, knowing no lease: nothing is fenced too early, and fencing goes on.
   *
   * @param clock for times that people read
   * @param watch for the leases
   */
  public static Behavior<Command> create(
      ObjectStore store,
      Lives lives,
      Events events,
      InstantSource clock,
      MonotonicClock watch,
      NodeSettings settings) {
    Ports ports = new Ports(store, lives, events);
    Behavior<Command> watching =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new LeaseWatch(context, timers, ports, clock, watch, settings)));
    return Behaviors.supervise(watching).onFailure(SupervisorStrategy.restart());
  }

  private record Ports(ObjectStore store, Lives lives, Events events) {}

  private LeaseWatch(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Ports ports,
      InstantSource clock,
      MonotonicClock watch,
      NodeSettings settings) {
    super(context);
    this.timers = timers;
    this.store = ports.store();
    this.lives = ports.lives();
    this.events = ports.events();
    this.clock = clock;
    this.watch = watch;
    this.settings = settings;
    lookLater();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, this::onLook)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(LookFailed.class, this::onLookFailed)
        .onMessage(Tried.class, this::onTried)
        .onMessage(TryFailed.class, this::onTryFailed)
        .onMessage(AllTried.class, this::onAllTried)
        .onMessage(Lifted.class, this::onLifted)
        .build();
  }

  private Behavior<Command> onLook(Look look) {
    getContext()
        .pipeToSelf(
            store.read(Freshness.LINEARIZABLE, view -> looked(view, settings.lease())),
            (looked, failure) -> failure == null ? looked : new LookFailed(failure));
    return this;
  }

  /**
   * @param usual lease of sessions that the log does not know: others may have begun since the
   *     backup that it was restored from
   */
  private static Command looked(View view, Duration usual) {
    List<Sight> sights = LeaseStep.sights(view);
    Duration longest =
        sights.stream().map(Sight::granted).reduce(usual, (a, b) -> a.compareTo(b) > 0 ? a : b);
    return new Looked(
        sights,
        RestoreHold.current(view)
            .map(restored -> new RestoreStep(restored, longest, RestoreHold.lift(view, restored))));
  }

  private Behavior<Command> onLooked(Looked looked) {
    Duration now = watch.elapsed(); // After the read.
    faultyBefore = faulty;
    faulty = new HashSet<>();
    Map<Session, Long> renewals = new HashMap<>();
    Map<Session, Long> calledOff = new HashMap<>();
    for (Sight sight : looked.sights()) {
      // A rest counts for nothing: the lease of a session that is armed again is counted anew.
      if (sight.standing() == Standing.READY) renewals.put(sight.session(), sight.renewal());
      if (sight.calledOff()) calledOff.put(sight.session(), sight.renewal());
    }
    ledger = ledger.look(renewals, now);
    taints = taints.look(calledOff, now);
    looked.hold().ifPresent(hold -> lift(hold, now));
    tellTaints(looked.sights());
    carryOut(
        looked.sights().stream().map(sight -> step(sight, now)).flatMap(Optional::stream).toList());
    return this;
  }

  /** Lives on a node whose taints changed may have to leave it. */
  private void tellTaints(List<Sight> sights) {
    Map<Session, String> now = new HashMap<>();
    for (Sight sight : sights) {
      String taints =
          guarded(sight, () -> sight.node().map(ApiObject::of).map(NodeTaints::expelling))
              .orElse("");
      if (!taints.isEmpty()) now.put(sight.session(), taints);
      boolean news = !taints.isEmpty() && !taints.equals(expelling.get(sight.session()));
      if (news) lives.standingChanged(sight.session());
    }
    expelling = now;
  }

  /** The time counts from when this watch first saw it: it knows nothing of before. */
  private void lift(RestoreStep hold, Duration now) {
    if (heldSince.isEmpty()) heldSince = Optional.of(now);
    boolean over = now.minus(heldSince.get()).compareTo(settings.patience(hold.longest())) >= 0;
    if (!over || hold.lift().isEmpty()) return;
    getContext()
        .pipeToSelf(
            store.commit(hold.lift().get()),
            (outcome, failure) ->
                new Lifted(outcome instanceof Outcome.Committed, Optional.ofNullable(failure)));
  }

  private Behavior<Command> onLifted(Lifted lifted) {
    lifted
        .failure()
        .ifPresentOrElse(
            cause -> getContext().getLog().warn("the restore is held on: {}", cause.toString()),
            () -> {
              if (!lifted.committed()) return; // Another controller was faster.
              getContext().getLog().info("the restore is dealt with: lives begin again");
            });
    return this;
  }

  private Optional<LeaseStep> step(Sight sight, Duration now) {
    Session session = sight.session();
    Instant time = clock.instant();
    LeaseLedger.Lease lease = ledger.judge(session, sight.granted(), now, settings);
    boolean late = lease == LeaseLedger.Lease.LATE;
    TaintLedger.Silence silence = taints.judge(session, now, settings);
    return guarded(sight, () -> OutOfService.decide(sight, silence, time))
        .or(() -> guarded(sight, () -> LeaseStep.decide(sight, lease, settings, time)))
        .or(() -> guarded(sight, () -> NodeLease.decide(sight, late, settings.heartbeat(), time)));
  }

  /**
   * Whatever stands in the objects of one node: it and the others are fenced all the same. (They
   * are JSON: what is not ends the look itself, which is told and tried again.)
   */
  private <T> Optional<T> guarded(Sight sight, Supplier<Optional<T>> decision) {
    try {
      return decision.get();
    } catch (RuntimeException fault) {
      boolean news = faulty.add(sight.session()) && !faultyBefore.contains(sight.session());
      if (news) getContext().getLog().error("no step for {}", sight.session(), fault);
      return Optional.empty();
    }
  }

  private Behavior<Command> onLookFailed(LookFailed failed) {
    getContext().getLog().warn("leases could not be looked at: {}", failed.cause().toString());
    lookLater();
    return this;
  }

  private Behavior<Command> onTried(Tried tried) {
    if (tried.outcome() instanceof Outcome.Committed) tell(tried.step());
    return this; // Refused: somebody was faster, or the node is back. The next look tells.
  }

  private Behavior<Command> onTryFailed(TryFailed failed) {
    getContext()
        .getLog()
        .warn(
            "{} of {}: {}",
            failed.step().kind(),
            failed.step().session(),
            failed.cause().toString());
    return this;
  }

  private Behavior<Command> onAllTried(AllTried done) {
    lookLater();
    return this;
  }

  private void carryOut(List<LeaseStep> steps) {
    CompletableFuture<?>[] tries = new CompletableFuture<?>[steps.size()];
    for (int index = 0; index < tries.length; index++) {
      LeaseStep step = steps.get(index);
      CompletableFuture<Outcome> outcome = store.commit(step.transaction()).toCompletableFuture();
      tries[index] = outcome;
      getContext()
          .pipeToSelf(
              outcome,
              (done, failure) ->
                  failure == null ? new Tried(step, done) : new TryFailed(step, failure));
    }
    getContext().pipeToSelf(CompletableFuture.allOf(tries), (done, failure) -> new AllTried());
  }

  private void tell(LeaseStep step) {
    Session session = step.session();
    switch (step.kind()) {
      case FENCE -> {
        lives.standingChanged(session);
        getContext().getLog().warn("session {} is fenced: its lease lapsed", session);
      }
      case SHOW_FENCED -> {
        lives.standingChanged(session); // Again: the first hint may have been lost.
        note(session, true, "NodeFenced", "session " + session.number() + " is fenced");
      }
      case SHOW_OFF -> {
        lives.standingChanged(session);
        note(session, true, "NodeOutOfService", "session " + session.number() + " is off");
      }
      case SHOW_LATE -> {
        lives.standingChanged(session);
        note(session, true, "NodeNotReady", "the agent stopped renewing its lease");
      }
      case SHOW_RESTING -> note(session, false, "NodeResting", "the agent stopped by plan");
      case SHOW_READY -> {
        lives.standingChanged(session);
        note(session, false, "NodeReady", "the agent renews its lease again");
      }
      case OFF -> {
        lives.standingChanged(session);
        String message = "an operator's word: no life of the node counts any more";
        note(session, true, "NodeOutOfService", message);
        getContext().getLog().warn("session {} is off by an operator's word", session);
      }
      case REFUSE_OFF -> {
        lives.standingChanged(session); // Sessions of other state directories may be off.
        String message =
            "not taken for off, because the agent renews its lease: switch the machine off, then"
                + " remove the taint and set it again";
        note(session, true, "OutOfServiceRefused", message);
      }
      case OFF_TAKEN_BACK, BEAT, SHOW_LEASE -> {}
    }
  }

  private void note(Session session, boolean warning, String reason, String message) {
    events.record(
        new EventNote(
            NodeEvents.about(session.node()), warning, reason, message, NodeEvents.COMPONENT, ""));
  }

  private void lookLater() {
    timers.startSingleTimer(new Look(), settings.look());
  }
}
