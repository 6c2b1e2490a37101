package io.ordinal.agent.host;

import io.ordinal.agent.state.HeldSession;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The machine's front door: finds a controller, holds the session and its lease, and passes orders
 * on to {@link HostedLives}. When no controller answers, kept lives go on untouched; fenced ones
 * end before the lease does, and the next Hello begins a new session.
 */
public final class NodeAgent extends AbstractBehavior<NodeAgent.Command> {
  /** What the agent is told. All of it comes from itself. */
  public sealed interface Command {}

  private record Stocked(Recovery.Stock stock) implements Command {}

  private record NotStocked(Throwable cause) implements Command {}

  private record Seek() implements Command {}

  private record GreetingUnanswered() implements Command {}

  private record Found(ActorRef<FrontDoorRequest> door) implements Command {}

  private record NotFound(Throwable cause) implements Command {}

  private record LivesTold(List<LifeStatus> lives) implements Command {}

  private record FromController(AgentCommand command) implements Command {}

  private record SessionHeld(AgentCommand.Welcome welcome) implements Command {}

  private record SessionNotHeld(Throwable cause) implements Command {}

  private record Renew() implements Command {}

  private record DeadlineMoved(Session session, Duration until) implements Command {}

  private record DeadlineNotMoved(Throwable cause) implements Command {}

  private record LookAtLease() implements Command {}

  private record FencedEnded(long request) implements Command {}

  /** In the launchers' file: the session was never granted a lease. */
  static final Duration NO_LEASE = Duration.ZERO;

  private final HostPorts ports;
  private final HostSettings settings;
  private final TimerScheduler<Command> timers;
  private final ActorRef<AgentCommand> self;
  private final ActorRef<List<LifeStatus>> livesTold;
  private final ActorRef<HostedLives.FencedEnded> fencedEnded;

  private Contact contact = new Contact.Clearing();
  private Optional<ActorRef<HostedLives.Command>> lives = Optional.empty();
  private Optional<UUID> stateUuid = Optional.empty();
  private Optional<HeldSession> held = Optional.empty();
  private LeaseTerm term;
  private int attempt;
  private long fencedRequest;

  public static Behavior<Command> create(HostPorts ports, HostSettings settings) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new NodeAgent(context, timers, ports, settings)));
  }

  private NodeAgent(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      HostPorts ports,
      HostSettings settings) {
    super(context);
    this.ports = ports;
    this.settings = settings;
    this.timers = timers;
    this.self = context.messageAdapter(AgentCommand.class, FromController::new);
    this.livesTold = context.messageAdapter(anyList(), LivesTold::new);
    this.fencedEnded =
        context.messageAdapter(
            HostedLives.FencedEnded.class, ended -> new FencedEnded(ended.request()));
    this.term = LeaseTerm.begin(ports.upTime().now(), Optional.empty());
    ports.lease().drop();
    Recovery recovery =
        new Recovery(
            ports.workload().driver(),
            ports.workload().state(),
            () -> CompletableFuture.supplyAsync(ports.deadline()::current, ports.blocking()),
            ports.upTime());
    context.pipeToSelf(
        recovery.take(),
        (stock, failure) -> failure == null ? new Stocked(stock) : new NotStocked(failure));
  }

  @SuppressWarnings("unchecked") // Only HostedLives answers there, with statuses.
  private static Class<List<LifeStatus>> anyList() {
    return (Class<List<LifeStatus>>) (Class<?>) List.class;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Stocked.class, this::onStocked)
        .onMessage(NotStocked.class, this::onNotStocked)
        .onMessage(Seek.class, this::onSeek)
        .onMessage(GreetingUnanswered.class, this::onGreetingUnanswered)
        .onMessage(Found.class, this::onFound)
        .onMessage(NotFound.class, this::onNotFound)
        .onMessage(LivesTold.class, this::onLivesTold)
        .onMessage(FromController.class, this::onFromController)
        .onMessage(SessionHeld.class, this::onSessionHeld)
        .onMessage(SessionNotHeld.class, this::onSessionNotHeld)
        .onMessage(Renew.class, this::onRenew)
        .onMessage(DeadlineMoved.class, this::onDeadlineMoved)
        .onMessage(DeadlineNotMoved.class, this::onDeadlineNotMoved)
        .onMessage(LookAtLease.class, this::onLookAtLease)
        .onMessage(FencedEnded.class, this::onFencedEnded)
        .build();
  }

  private Behavior<Command> onStocked(Stocked message) {
    Recovery.Stock stock = message.stock();
    stock.findings().recalled().damage().forEach(each -> getContext().getLog().error(each));
    stateUuid = Optional.of(stock.findings().recalled().stateUuid());
    held = stock.session();
    term = term.anew(Duration.ZERO, stock.deadline());
    stock.deadline().ifPresent(ports.lease()::holdUntil);
    ActorRef<HostedLives.Command> hosted =
        getContext().spawn(HostedLives.create(stock.findings(), ports, settings, self), "lives");
    getContext().watch(hosted); // Its failure is ours: everything is read back from disk.
    lives = Optional.of(hosted);
    // A session that cannot be read has lapsed too: the Hello will vouch for its fenced lives.
    if (held.map(HeldSession::lapsed).orElse(true)) endFenced();
    else seek();
    lookAtLeaseAgain();
    return this;
  }

  /** Thrown, so that supervision begins again after a pause. */
  private Behavior<Command> onNotStocked(NotStocked message) {
    throw new IllegalStateException("the agent cannot take stock", message.cause());
  }

  private void seek() {
    contact = new Contact.Seeking();
    tellLives(new HostedLives.Adrift());
    timers.cancel(Renew.class);
    onSeek(new Seek());
  }

  private Behavior<Command> onSeek(Seek message) {
    if (!(contact instanceof Contact.Seeking)) return this;
    attempt++;
    getContext()
        .pipeToSelf(
            ports.frontDoors().find(attempt),
            (door, failure) -> failure == null ? new Found(door) : new NotFound(failure));
    return this;
  }

  private Behavior<Command> onNotFound(NotFound message) {
    getContext().getLog().debug("no front door at attempt {}", attempt, message.cause());
    seekLater();
    return this;
  }

  private void seekLater() {
    contact = new Contact.Seeking();
    timers.startSingleTimer(Seek.class, new Seek(), settings.pause());
  }

  private Behavior<Command> onFound(Found message) {
    if (!(contact instanceof Contact.Seeking)) return this;
    contact = new Contact.Greeting(message.door());
    tellLives(new HostedLives.TellLives(livesTold));
    return this;
  }

  private Behavior<Command> onLivesTold(LivesTold message) {
    if (!(contact instanceof Contact.Greeting greeting)) return this;
    // To name no previous session is to vouch that every fenced life of it has ended.
    Optional<Session> previous = held.filter(each -> !each.lapsed()).map(HeldSession::session);
    greeting
        .door()
        .tell(
            new FrontDoorRequest.Hello(
                settings.node(),
                stateUuid.orElseThrow(),
                ports.upTime().bootId(),
                previous,
                ports.inventory(),
                message.lives(),
                self));
    timers.startSingleTimer(Seek.class, new GreetingUnanswered(), settings.patience());
    return this;
  }

  private Behavior<Command> onGreetingUnanswered(GreetingUnanswered message) {
    if (contact instanceof Contact.Greeting) seekLater();
    return this;
  }

  private Behavior<Command> onFromController(FromController message) {
    if (contact instanceof Contact.Registered registered) {
      contact = registered.heard(now());
    }
    message.command().match(new SessionWords(this));
    tellLives(new HostedLives.Ordered(message.command()));
    return this;
  }

  void welcome(AgentCommand.Welcome welcome) {
    if (!(contact instanceof Contact.Greeting)) return;
    boolean lapsed =
        held.map(each -> each.lapsed() && each.session().equals(welcome.session())).orElse(false);
    if (lapsed) { // It must be closed there before a new one can begin.
      seekLater();
      return;
    }
    getContext()
        .pipeToSelf(
            ports.workload().state().hold(HeldSession.renewed(welcome.session())),
            (nothing, failure) ->
                failure == null ? new SessionHeld(welcome) : new SessionNotHeld(failure));
  }

  private Behavior<Command> onSessionHeld(SessionHeld message) {
    if (!(contact instanceof Contact.Greeting greeting)) return this;
    Session session = message.welcome().session();
    boolean goesOn = held.map(HeldSession::session).equals(Optional.of(session));
    if (!goesOn) beginAnew(session);
    Optional<Duration> deadline = goesOn ? term.deadline() : Optional.empty();
    term = term.anew(message.welcome().lease(), deadline);
    held = Optional.of(HeldSession.renewed(session));
    contact = new Contact.Registered(greeting.door(), session, now());
    getContext().getLog().info("registered as {}", session);
    timers.cancel(Seek.class);
    tellLives(new HostedLives.Connected(greeting.door(), session));
    timers.startTimerWithFixedDelay(Renew.class, new Renew(), Duration.ZERO, settings.renewal());
    return this;
  }

  /** No process of an earlier session is under this lease, and it has no deadline yet. */
  private void beginAnew(Session session) {
    ports.lease().drop();
    tellEndFenced(true, Duration.ZERO);
    moveDeadline(session, NO_LEASE);
  }

  private Behavior<Command> onSessionNotHeld(SessionNotHeld message) {
    getContext().getLog().error("the session cannot be written down", message.cause());
    seekLater();
    return this;
  }

  void notNow(AgentCommand.NotNow refusal) {
    if (!(contact instanceof Contact.Greeting)) return;
    getContext().getLog().info("not registered yet: {}", refusal.reason());
    seekLater();
  }

  private Behavior<Command> onRenew(Renew message) {
    if (!(contact instanceof Contact.Registered registered)) return this;
    if (ranOut()) { // Such as after a long pause of this JVM: too late to renew.
      lapse();
      return this;
    }
    if (!registered.heardAt().plus(settings.silence()).isAfter(now())) {
      getContext().getLog().warn("front door {} is silent", registered.door());
      seek();
      return this;
    }
    term = term.ask(ports.upTime().now());
    registered
        .door()
        .tell(new FrontDoorRequest.Renew(registered.session(), term.lastSequence(), self));
    return this;
  }

  void granted(AgentCommand.Granted grant) {
    boolean current =
        held.map(each -> !each.lapsed() && each.session().equals(grant.session())).orElse(false);
    if (!current) return;
    if (ranOut()) {
      lapse();
      return;
    }
    Optional<Duration> before = term.deadline();
    term = term.granted(grant.sequence());
    if (term.deadline().equals(before)) return;
    Duration until = term.deadline().orElseThrow();
    moveDeadline(grant.session(), until);
  }

  /** Every word about the deadline goes through one thread, so that the latest one stands. */
  private void moveDeadline(Session session, Duration until) {
    getContext()
        .pipeToSelf(
            CompletableFuture.runAsync(() -> ports.deadline().moveTo(until), ports.blocking()),
            (nothing, failure) ->
                failure == null
                    ? new DeadlineMoved(session, until)
                    : new DeadlineNotMoved(failure));
  }

  /** Only now, when the launchers know it too, may fenced lives begin under it. */
  private Behavior<Command> onDeadlineMoved(DeadlineMoved message) {
    boolean current =
        held.map(each -> !each.lapsed() && each.session().equals(message.session())).orElse(false);
    if (current) ports.lease().holdUntil(message.until());
    lookAtLeaseAgain();
    return this;
  }

  private Behavior<Command> onDeadlineNotMoved(DeadlineNotMoved message) {
    getContext().getLog().error("the launchers' deadline cannot be moved", message.cause());
    return this;
  }

  void lapsed(AgentCommand.Lapsed word) {
    if (held.map(HeldSession::session).equals(Optional.of(word.session()))) lapse();
  }

  private Behavior<Command> onLookAtLease(LookAtLease message) {
    if (term.deadline().isEmpty()) return this;
    Duration now = ports.upTime().now();
    if (ranOut()) {
      lapse();
    } else if (term.endsWithin(term.within(settings.politeness()), now)) {
      tellEndFenced(false, term.left(settings.reserve(), now));
    }
    lookAtLeaseAgain();
    return this;
  }

  private void lookAtLeaseAgain() {
    term.nextLook(ports.upTime().now(), settings.politeness(), settings.reserve())
        .ifPresent(pause -> timers.startSingleTimer(LookAtLease.class, new LookAtLease(), pause));
  }

  private boolean ranOut() {
    return term.endsWithin(settings.reserve(), ports.upTime().now());
  }

  /** Once this began the session is never renewed; the next Hello waits for the fenced lives. */
  private void lapse() {
    term = term.anew(Duration.ZERO, Optional.empty());
    held = held.map(HeldSession::over);
    held.ifPresent(
        each -> {
          getContext().getLog().warn("session {} has lapsed", each.session());
          ports.workload().state().hold(each); // Lost, the launchers' deadline says the same.
        });
    endFenced();
  }

  private void endFenced() {
    contact = new Contact.Clearing();
    ports.lease().drop();
    timers.cancel(Renew.class);
    timers.cancel(Seek.class);
    tellLives(new HostedLives.Adrift());
    tellEndFenced(true, Duration.ZERO);
  }

  private void tellEndFenced(boolean lapsed, Duration grace) {
    fencedRequest++;
    tellLives(new HostedLives.EndFenced(fencedRequest, lapsed, grace, fencedEnded));
  }

  private Behavior<Command> onFencedEnded(FencedEnded message) {
    if (message.request() != fencedRequest) return this; // Lives may have begun since.
    if (contact instanceof Contact.Clearing && lives.isPresent()) seek();
    return this;
  }

  private void tellLives(HostedLives.Command command) {
    lives.ifPresent(each -> each.tell(command));
  }

  private Instant now() {
    return ports.workload().clock().instant();
  }
}
