package io.ordinal.agent.workload;

import io.ordinal.agent.lifecycle.Fact;
import io.ordinal.agent.lifecycle.Fence;
import io.ordinal.agent.lifecycle.LifeAction;
import io.ordinal.agent.lifecycle.LifeMemory;
import io.ordinal.agent.lifecycle.LifeState;
import io.ordinal.agent.lifecycle.LifeView;
import io.ordinal.agent.lifecycle.Lifecycle;
import io.ordinal.agent.lifecycle.Step;
import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One hosted life. Learns facts, lets {@link Lifecycle} decide, writes the decision down and has it
 * carried out. A start happens only after its intention is on disk; stopping waits for nothing.
 */
public final class Workload extends AbstractBehavior<Workload.Command> {
  /** What a workload is told. */
  public sealed interface Command {}

  /** The life is to end; may be repeated with a shorter grace. */
  public record Stop(Duration grace, String reason, String message) implements Command {}

  /** A life that was found asleep still belongs here: it goes on. */
  public record Wake() implements Command {}

  /** The life is to be fenced under this session, or kept; the status says so once it is. */
  public record SetFenced(Fence fence, Session session) implements Command {}

  /** Is answered to the asker itself. */
  public record Ask(Inquiry inquiry) implements Command {}

  /** The end is known to the controllers: leave nothing behind, then stop. */
  public record Discard() implements Command {}

  private record Learnt(Fact fact) implements Command {}

  private record Addressed(String address) implements Command {}

  private record Saved(boolean ended) implements Command {}

  private record SaveFailed(Throwable cause) implements Command {}

  private record SaveAgain() implements Command {}

  private record Fenced(Fence fence) implements Command {}

  private record NotFenced(Throwable cause) implements Command {}

  private record FenceAgain() implements Command {}

  private record WatchExit(String container, int attempt) implements Command {}

  private record WatchFailed(String container, int attempt) implements Command {}

  private record Discarded() implements Command {}

  private record DiscardFailed(Throwable cause) implements Command {}

  private final LifeName name;
  private final WorkloadPorts ports;
  private final ActorRef<WorkloadNews> agent;
  private final TimerScheduler<Command> timers;
  private final Hands hands;
  private final Instant acceptedAt;
  private final Ledger ledger = new Ledger();

  private LifeOrder order;
  private LifeState state;
  private Fence wanted;
  private Fence fence;
  private LifeStatus status;
  private Optional<String> address = Optional.empty();
  private boolean fencing;
  private boolean discarding;

  /**
   * Hosts a life that is on disk already: a new one, or one found after the agent was restarted.
   */
  public static Behavior<Command> host(
      HostedLife life, WorkloadPorts ports, ActorRef<WorkloadNews> agent) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new Workload(context, timers, life, ports, agent)));
  }

  private Workload(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      HostedLife life,
      WorkloadPorts ports,
      ActorRef<WorkloadNews> agent) {
    super(context);
    this.timers = timers;
    this.order = life.order();
    this.wanted = life.fence();
    this.fence = life.fence();
    this.name = new LifeName(order.replica(), order.incarnation());
    this.acceptedAt = life.acceptedAt();
    this.ports = ports;
    this.agent = agent;
    this.hands = new Hands(order, ports, this::tellPeople);
    if (!life.asleep()) hands.permit();
    this.state = life.state();
    this.status = view(life.version());
    begin(life);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Stop.class, this::onStop)
        .onMessage(Wake.class, this::onWake)
        .onMessage(SetFenced.class, this::onSetFenced)
        .onMessage(Fenced.class, this::onFenced)
        .onMessage(NotFenced.class, this::onNotFenced)
        .onMessage(FenceAgain.class, this::onFenceAgain)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Discard.class, this::onDiscard)
        .onMessage(Learnt.class, this::onLearnt)
        .onMessage(Addressed.class, this::onAddressed)
        .onMessage(Saved.class, this::onSaved)
        .onMessage(SaveFailed.class, this::onSaveFailed)
        .onMessage(SaveAgain.class, this::onSaveAgain)
        .onMessage(WatchExit.class, this::onWatchExit)
        .onMessage(WatchFailed.class, this::onWatchFailed)
        .onMessage(Discarded.class, this::onDiscarded)
        .onMessage(DiscardFailed.class, this::onDiscardFailed)
        .build();
  }

  private void begin(HostedLife life) {
    life.running().forEach(each -> watchExit(each.container(), each.attempt()));
    boolean unwanted = life.facts().stream().anyMatch(Fact.StopWanted.class::isInstance);
    if (goesOn() && !unwanted && !life.asleep()) makeReady();
    if (!(state instanceof LifeState.Ended)) agent.tell(new WorkloadNews.Fared(status));
    life.facts().forEach(this::learn);
    learn(new Fact.Woke());
  }

  private boolean goesOn() {
    return state instanceof LifeState.Preparing || state instanceof LifeState.Running;
  }

  private Behavior<Command> onWake(Wake command) {
    hands.permit();
    if (goesOn()) makeReady();
    return this;
  }

  private void makeReady() {
    getContext()
        .pipeToSelf(
            hands.launch(),
            (launch, failure) ->
                failure == null ? new Addressed(launch.address()) : new Learnt(new Fact.Woke()));
  }

  private Behavior<Command> onStop(Stop command) {
    learn(new Fact.StopWanted(command.grace(), command.reason(), command.message()));
    hands.deny();
    return this;
  }

  private Behavior<Command> onLearnt(Learnt message) {
    if (message.fact() instanceof Fact.Started started) {
      watchExit(started.container(), started.attempt());
    }
    learn(message.fact());
    return this;
  }

  private Behavior<Command> onAddressed(Addressed message) {
    address = Optional.of(message.address());
    tellChange();
    return this;
  }

  private void learn(Fact fact) {
    Instant now = ports.clock().instant();
    Step step = Lifecycle.next(order, state, fact, ports.settings(), now);
    state = step.state();
    timers.cancel(Fact.Woke.class);
    step.wakeAt()
        .ifPresent(
            at ->
                timers.startSingleTimer(
                    Fact.Woke.class, new Learnt(new Fact.Woke()), Duration.between(now, at)));
    step.actions().forEach(this::carryOut);
    tellChange();
    save();
  }

  /** Everything is done at once but a start, which waits for {@link Saved}. */
  private void carryOut(LifeAction action) {
    if (action instanceof LifeAction.Start start) {
      ledger.intend(start);
    } else if (action instanceof LifeAction.Tell tell) {
      tellPeople(tell.event());
    } else {
      learnFrom(action.match(hands));
    }
  }

  private void learnFrom(CompletionStage<Fact> stage) {
    getContext()
        .pipeToSelf(stage, (fact, failure) -> new Learnt(failure == null ? fact : new Fact.Woke()));
  }

  private void watchExit(String container, int attempt) {
    getContext()
        .pipeToSelf(
            hands.exit(container, attempt),
            (fact, failure) ->
                failure == null ? new Learnt(fact) : new WatchFailed(container, attempt));
  }

  private Behavior<Command> onWatchExit(WatchExit message) {
    if (!(state instanceof LifeState.Ended)) watchExit(message.container(), message.attempt());
    return this;
  }

  /** The driver could not tell; it is asked again. */
  private Behavior<Command> onWatchFailed(WatchFailed message) {
    WatchExit again = new WatchExit(message.container(), message.attempt());
    timers.startSingleTimer(again, again, ports.settings().repeat());
    return this;
  }

  private void tellChange() {
    if (view(status.version()).equals(status)) return;
    status = view(status.version() + 1);
    // The end is told only once it is on disk: see onSaved.
    if (!(state instanceof LifeState.Ended)) agent.tell(new WorkloadNews.Fared(status));
  }

  private LifeStatus view(long version) {
    return LifeView.status(
        order, state, version, address, acceptedAt, ports.driver().name(), fence);
  }

  private void tellPeople(AgentEvent event) {
    agent.tell(new WorkloadNews.Happened(name, order.podUid(), event));
  }

  private void save() {
    LifeMemory memory = LifeMemory.of(order, state);
    if (!ledger.begin(memory)) return;
    StoredLife life = remembered(memory);
    CompletionStage<Void> floor =
        memory.ended()
            ? hands.leave().thenCompose(left -> raiseFloor())
            : CompletableFuture.completedFuture(null);
    getContext()
        .pipeToSelf(
            floor.thenCompose(nothing -> ports.state().save(life)),
            (nothing, failure) ->
                failure == null ? new Saved(memory.ended()) : new SaveFailed(failure));
  }

  private CompletionStage<Void> raiseFloor() {
    return ports.state().raiseFloor(order.replica(), order.incarnation());
  }

  private StoredLife remembered(LifeMemory memory) {
    return new StoredLife(order, status.version(), acceptedAt, memory, wanted.basis());
  }

  private Behavior<Command> onSetFenced(SetFenced command) {
    wanted = command.fence();
    order = order.fencedAs(wanted.fenced(), command.session());
    hands.follow(order);
    makeFence();
    return this;
  }

  /** On disk first: an agent that dies on the way makes the launchers hold what is written. */
  private void makeFence() {
    if (fencing || state instanceof LifeState.Ended) return;
    fencing = true;
    Fence making = wanted;
    CompletionStage<Void> noted = ports.state().save(remembered(LifeMemory.of(order, state)));
    getContext()
        .pipeToSelf(
            noted.thenCompose(nothing -> hands.fence(state, making.fenced())),
            (nothing, failure) -> failure == null ? new Fenced(making) : new NotFenced(failure));
  }

  private Behavior<Command> onFenced(Fenced message) {
    fencing = false;
    if (message.fence().equals(wanted)) {
      fence = wanted;
      tellChange();
    } else {
      makeFence();
    }
    return this;
  }

  private Behavior<Command> onNotFenced(NotFenced message) {
    getContext().getLog().warn("the fence of {} cannot be set; again soon", name, message.cause());
    fencing = false;
    timers.startSingleTimer(new FenceAgain(), ports.settings().repeat());
    return this;
  }

  private Behavior<Command> onFenceAgain(FenceAgain message) {
    if (!fence.equals(wanted)) makeFence();
    return this;
  }

  private Behavior<Command> onSaved(Saved message) {
    ledger.done().forEach(start -> learnFrom(hands.start(start)));
    if (message.ended()) agent.tell(new WorkloadNews.Fared(status));
    save();
    return this;
  }

  private Behavior<Command> onSaveFailed(SaveFailed message) {
    getContext().getLog().error("{} could not be written down; again soon", name, message.cause());
    ledger.failed();
    timers.startSingleTimer(new SaveAgain(), ports.settings().repeat());
    return this;
  }

  private Behavior<Command> onSaveAgain(SaveAgain message) {
    save();
    return this;
  }

  private Behavior<Command> onAsk(Ask command) {
    command.inquiry().match(new Inquiries(hands, ports, new Attempts(order, state)));
    return this;
  }

  private Behavior<Command> onDiscard(Discard command) {
    if (!(state instanceof LifeState.Ended) || discarding) return this;
    discarding = true;
    getContext()
        .pipeToSelf(
            hands.forget(),
            (nothing, failure) -> failure == null ? new Discarded() : new DiscardFailed(failure));
    return this;
  }

  private Behavior<Command> onDiscarded(Discarded message) {
    agent.tell(new WorkloadNews.Discarded(name));
    return Behaviors.stopped();
  }

  private Behavior<Command> onDiscardFailed(DiscardFailed message) {
    getContext()
        .getLog()
        .warn("what {} left could not be removed; again soon", name, message.cause());
    discarding = false;
    timers.startSingleTimer(new Discard(), ports.settings().repeat());
    return this;
  }
}
