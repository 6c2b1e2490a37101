package io.ordinal.controller.node;

import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.event.Events;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Registers nodes: one attempt at a time for each node name, the latest introduction of those that
 * arrived meanwhile after it.
 */
final class Registrar extends AbstractBehavior<Registrar.Command> {
  sealed interface Command {}

  record Register(Hello hello) implements Command {}

  private record Settled(
      Hello hello, int attempt, RegistrationTransaction.Plan plan, Optional<Outcome> outcome)
      implements Command {}

  private record Failed(Hello hello, int attempt, Throwable cause) implements Command {}

  private record Repeat(Hello hello, int attempt) {}

  private final ObjectStore store;
  private final Lives lives;
  private final Events events;
  private final InstantSource clock;
  private final Supplier<UUID> uids;
  private final NodeSettings settings;
  private final Map<NodeName, Optional<Hello>> waitingByBusyNode = new HashMap<>();
  private final Deque<Repeat> repeats = new ArrayDeque<>();
  private boolean repeating;
  private final Map<NodeName, Refused> told = new HashMap<>();

  private record Refused(String reason, Instant at) {}

  static Behavior<Command> create(
      ObjectStore store,
      Lives lives,
      Events events,
      InstantSource clock,
      Supplier<UUID> uids,
      NodeSettings settings) {
    return Behaviors.setup(
        context -> new Registrar(context, store, lives, events, clock, uids, settings));
  }

  private Registrar(
      ActorContext<Command> context,
      ObjectStore store,
      Lives lives,
      Events events,
      InstantSource clock,
      Supplier<UUID> uids,
      NodeSettings settings) {
    super(context);
    this.store = store;
    this.lives = lives;
    this.events = events;
    this.clock = clock;
    this.uids = uids;
    this.settings = settings;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Register.class, this::onRegister)
        .onMessage(Settled.class, this::onSettled)
        .onMessage(Failed.class, this::onFailed)
        .build();
  }

  private Behavior<Command> onRegister(Register command) {
    Hello hello = command.hello();
    if (waitingByBusyNode.containsKey(hello.node())) {
      waitingByBusyNode.put(hello.node(), Optional.of(hello));
    } else {
      waitingByBusyNode.put(hello.node(), Optional.empty());
      attempt(hello, 1);
    }
    return this;
  }

  private Behavior<Command> onSettled(Settled settled) {
    Hello hello = settled.hello();
    over(settled.attempt());
    if (settled.plan().refusal().isPresent()) {
      end(hello, settled.plan().ending());
      refuse(hello, settled.plan().refusal().get());
    } else if (!(settled.outcome().orElse(null) instanceof Outcome.Refused refused)) {
      welcome(hello, settled.plan());
    } else if (settled.attempt() < settings.attempts()) {
      repeats.add(new Repeat(hello, settled.attempt() + 1)); // The state moved: decide again.
      repeatNext();
      return this;
    } else {
      refuse(hello, "the store kept moving while the node registered: " + refused.found());
    }
    next(hello.node());
    return this;
  }

  private Behavior<Command> onFailed(Failed failed) {
    over(failed.attempt());
    refuse(failed.hello(), "the store does not answer: " + failed.cause().getMessage());
    next(failed.hello().node());
    return this;
  }

  /**
   * One at a time: sessions are numbered by one record, so of many nodes that register at once, as
   * when all have power again, one would succeed and all others decide again.
   */
  private void repeatNext() {
    if (repeating || repeats.isEmpty()) return;
    repeating = true;
    Repeat next = repeats.poll();
    attempt(next.hello(), next.attempt());
  }

  private void over(int attempt) {
    if (attempt == 1) return;
    repeating = false;
    repeatNext();
  }

  private void attempt(Hello hello, int attempt) {
    String agent =
        ActorRefResolver.get(getContext().getSystem()).toSerializationFormat(hello.agent());
    String uid = uids.get().toString();
    Instant now = clock.instant();
    CompletionStage<Settled> settled =
        store
            .read(
                Freshness.LINEARIZABLE,
                view ->
                    new RegistrationTransaction(view, hello, settings.lease(), agent, uid, now)
                        .plan(
                            life -> lives.known(view, hello, life),
                            Optional.of(lives.inhabited(view))))
            .thenCompose(
                plan -> commit(plan).thenApply(out -> new Settled(hello, attempt, plan, out)));
    getContext()
        .pipeToSelf(
            settled,
            (done, failure) -> failure == null ? done : new Failed(hello, attempt, failure));
  }

  private CompletionStage<Optional<Outcome>> commit(RegistrationTransaction.Plan plan) {
    return plan.transaction().operations().isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : store.commit(plan.transaction()).thenApply(Optional::of);
  }

  private void welcome(Hello hello, RegistrationTransaction.Plan plan) {
    Session session = plan.session().orElseThrow();
    told.remove(hello.node());
    hello.agent().tell(new AgentCommand.Welcome(session, plan.lease(), plan.resting()));
    plan.closed().ifPresent(lives::standingChanged);
    lives.standingChanged(session);
    for (LifeStatus status : hello.lives()) {
      Reports.pass(lives, session, status, hello.agent());
    }
    boolean resumed = hello.previous().equals(plan.session());
    String message =
        resumed
            ? "session " + session.number() + " goes on"
            : "node registered as session " + session.number();
    note(hello, false, resumed ? "SessionResumed" : "RegisteredNode", message);
    getContext().getLog().info("{}: {}", hello.node(), message);
  }

  /** People are told once for each reason, and again after a while: it asks all the time. */
  private void refuse(Hello hello, String reason) {
    hello.agent().tell(new AgentCommand.NotNow(reason));
    Refused before = told.get(hello.node());
    Instant now = clock.instant();
    if (before != null && before.reason().equals(reason) && isRecent(before, now)) return;
    told.values().removeIf(each -> !isRecent(each, now)); // Names that nobody has any more.
    told.put(hello.node(), new Refused(reason, now));
    getContext().getLog().warn("node {} may not register now: {}", hello.node(), reason);
    note(hello, true, "RegistrationRefused", reason);
  }

  /** The clock may be set back. */
  private boolean isRecent(Refused refused, Instant now) {
    return Duration.between(refused.at(), now).abs().compareTo(settings.refusalRepeat()) < 0;
  }

  /** Its lives may have begun elsewhere: what still runs here must end at once. */
  private static void end(Hello hello, List<LifeStatus> ending) {
    for (LifeStatus life : ending) {
      hello.agent().tell(new AgentCommand.Stop(life.replica(), life.incarnation(), Duration.ZERO));
    }
  }

  private void next(NodeName node) {
    Optional<Hello> waiting = waitingByBusyNode.remove(node);
    waiting.ifPresent(hello -> getContext().getSelf().tell(new Register(hello)));
  }

  private void note(Hello hello, boolean warning, String reason, String message) {
    EventNote.About node = NodeEvents.about(hello.node());
    events.record(
        new EventNote(node, warning, reason, message, NodeEvents.COMPONENT, hello.node().value()));
  }
}
