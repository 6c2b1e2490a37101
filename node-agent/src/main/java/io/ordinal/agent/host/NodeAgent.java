package io.ordinal.agent.host;

import io.ordinal.agent.driver.Deadline;
import io.ordinal.agent.state.HeldSession;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

  /**
   * A planned stop: the session is to rest, so that fenced lives outlive this JVM too. Answered
   * within the patience.
   */
  public record Rest(Duration patience, ActorRef<Rested> replyTo) implements Command {}

  private record AskRest() implements Command {}

  private record NoRest() implements Command {}

  private record Lifted() implements Command {}

  private record Stocked(Recovery.Stock stock) implements Command {}

  private record NotStocked(Throwable cause) implements Command {}

  private record Greeted(ActorRef<FrontDoorRequest> door) implements Command {}

  private record FromController(AgentCommand command) implements Command {}

  private record SessionHeld(AgentCommand.Welcome welcome) implements Command {}

  private record SessionNotHeld(Throwable cause) implements Command {}

  private record Renew() implements Command {}

  private record Doubt() implements Command {}

  private record Another(ActorRef<FrontDoorRequest> door) implements Command {}

  private record DeadlineMoved(Session session, Duration until) implements Command {}

  private record DeadlineNotMoved(Throwable cause) implements Command {}

  private record LookAtLease() implements Command {}

  private record FencedEnded(long request) implements Command {}

  static final Duration NO_LEASE = Duration.ZERO; // In the launchers' file: none was granted yet.

  private final HostPorts ports;
  private final HostSettings settings;
  private final TimerScheduler<Command> timers;
  private final ActorRef<AgentCommand> self;
  private final ActorRef<Greeter.Greeted> greeted;
  private final Household household;
  private final Tenure tenure;
  private final Elsewhere elsewhere;
  private final Retirement retirement;

  private Contact contact = new Contact.Clearing();

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
    this.greeted = context.messageAdapter(Greeter.Greeted.class, each -> new Greeted(each.door()));
    this.household =
        new Household(
            ports,
            settings,
            context.messageAdapter(
                HostedLives.FencedEnded.class, ended -> new FencedEnded(ended.request())));
    this.tenure = new Tenure(ports, settings);
    this.retirement = new Retirement(settings, household, tenure, self);
    ActorRef<Command> me = context.getSelf();
    this.elsewhere = new Elsewhere(ports, tenure, self, door -> me.tell(new Another(door)));
    context.pipeToSelf(
        Recovery.of(ports).take(),
        (stock, failure) -> failure == null ? new Stocked(stock) : new NotStocked(failure));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Rest.class, this::onRest)
        .onMessage(AskRest.class, this::onAskRest)
        .onMessage(NoRest.class, this::onNoRest)
        .onMessage(Lifted.class, this::onLifted)
        .onMessage(Stocked.class, this::onStocked)
        .onMessage(NotStocked.class, this::onNotStocked)
        .onMessage(Greeted.class, this::onGreeted)
        .onMessage(FromController.class, this::onFromController)
        .onMessage(SessionHeld.class, this::onSessionHeld)
        .onMessage(SessionNotHeld.class, this::onSessionNotHeld)
        .onMessage(Renew.class, this::onRenew)
        .onMessage(Doubt.class, this::onDoubt)
        .onMessage(Another.class, this::onAnother)
        .onMessage(DeadlineMoved.class, this::onDeadlineMoved)
        .onMessage(DeadlineNotMoved.class, this::onDeadlineNotMoved)
        .onMessage(LookAtLease.class, this::onLookAtLease)
        .onMessage(FencedEnded.class, this::onFencedEnded)
        .build();
  }

  private Behavior<Command> onStocked(Stocked message) {
    message
        .stock()
        .findings()
        .recalled()
        .damage()
        .forEach(each -> getContext().getLog().error(each));
    tenure.recall(message.stock());
    household.moveIn(getContext(), message.stock(), self, greeted);
    if (tenure.lapsed()) endFenced();
    else seek();
    lookAtLeaseAgain();
    return this;
  }

  private Behavior<Command> onNotStocked(NotStocked message) {
    throw new IllegalStateException("the agent cannot take stock", message.cause()); // Again later.
  }

  private void seek() {
    contact = new Contact.Seeking();
    household.adrift();
    stopRenewing();
    household.tell(new Greeter.Greet(tenure.held(), tenure.lifted()));
  }

  private void stopRenewing() {
    timers.cancel(Renew.class);
    timers.cancel(Doubt.class);
    elsewhere.rest();
  }

  private Behavior<Command> onGreeted(Greeted message) {
    boolean seeks = contact instanceof Contact.Seeking || contact instanceof Contact.Greeting;
    if (seeks) contact = new Contact.Greeting(message.door());
    return this;
  }

  private void seekLater(String reason) {
    contact = new Contact.Seeking();
    household.tell(new Greeter.Refused(reason));
  }

  private Behavior<Command> onFromController(FromController message) {
    message.command().match(new SessionWords(this));
    household.ordered(message.command());
    return this;
  }

  void welcome(AgentCommand.Welcome welcome) {
    if (contact instanceof Contact.Registered && tenure.is(welcome.session())) {
      tenure.restsThere(welcome.resting());
      return;
    }
    if (!(contact instanceof Contact.Greeting)) return;
    if (tenure.contradicts(welcome)) {
      lapse();
      return;
    }
    if (tenure.lapsed() && tenure.was(welcome.session())) {
      // It must be closed there before a new one can begin.
      seekLater("the session that has lapsed goes on there");
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
    if (tenure.welcome(message.welcome())) { // Nothing of an earlier one runs under its lease.
      household.endFenced(true, Duration.ZERO);
      moveDeadline(session, NO_LEASE);
    }
    contact = new Contact.Registered(greeting.door(), session, now());
    getContext().getLog().info("registered as {}", session);
    household.tell(new Greeter.BeQuiet());
    household.connected(greeting.door(), session);
    if (retirement.isWished()) {
      askRest(greeting.door(), session);
      return this;
    }
    timers.startTimerWithFixedDelay(Renew.class, new Renew(), Duration.ZERO, settings.renewal());
    return this;
  }

  private Behavior<Command> onSessionNotHeld(SessionNotHeld message) {
    getContext().getLog().error("the session cannot be written down", message.cause());
    if (contact instanceof Contact.Greeting) seekLater(message.cause().toString());
    return this;
  }

  void notNow(AgentCommand.NotNow refusal) {
    if (contact instanceof Contact.Greeting) seekLater(refusal.reason());
  }

  private Behavior<Command> onRenew(Renew message) {
    if (!(contact instanceof Contact.Registered registered)) return this;
    if (tenure.ranOut()) { // Such as after a long pause of this JVM: too late to renew.
      lapse();
      return this;
    }
    if (registered.silentFor(settings.silence(), now())) {
      getContext().getLog().warn("front door {} is silent", registered.door());
      seek();
      return this;
    }
    if (timers.isTimerActive(Doubt.class)) onDoubt(new Doubt()); // The one before is not answered.
    else timers.startSingleTimer(Doubt.class, new Doubt(), settings.doubt());
    registered.renew(tenure.ask(), self);
    tenure.armed().ifPresent(at -> registered.armed(at, self));
    return this;
  }

  private Behavior<Command> onDoubt(Doubt message) {
    if (contact instanceof Contact.Registered registered) elsewhere.search(registered);
    return this;
  }

  private Behavior<Command> onAnother(Another message) {
    if (contact instanceof Contact.Registered at) elsewhere.ask(at, message.door());
    return this;
  }

  void granted(AgentCommand.Granted grant) {
    if (!tenure.is(grant.session()) || contact instanceof Contact.Resting) return;
    if (tenure.ranOut()) {
      lapse();
      return;
    }
    if (contact instanceof Contact.Registered registered) answered(registered, grant.sequence());
    tenure.granted(grant).ifPresent(until -> moveDeadline(grant.session(), until));
  }

  private void answered(Contact.Registered before, long sequence) {
    timers.cancel(Doubt.class);
    Contact.Registered at = elsewhere.granted(before, sequence, now());
    contact = at;
    if (at.door().equals(before.door())) return;
    getContext().getLog().info("{} grants the lease, {} is silent", at.door(), before.door());
    household.connected(at.door(), at.session());
  }

  private void moveDeadline(Session session, Duration until) {
    getContext()
        .pipeToSelf(
            ports.moveDeadline(until),
            (nothing, failure) ->
                failure == null
                    ? new DeadlineMoved(session, until)
                    : new DeadlineNotMoved(failure));
  }

  private Behavior<Command> onDeadlineMoved(DeadlineMoved message) {
    if (tenure.is(message.session())) tenure.told(message.until());
    if (contact instanceof Contact.Registered here) { // Until it is said nothing is failed over.
      tenure.armed().ifPresent(at -> here.armed(at, self));
    }
    lookAtLeaseAgain();
    return this;
  }

  private Behavior<Command> onDeadlineNotMoved(DeadlineNotMoved message) {
    getContext().getLog().error("the launchers' deadline cannot be moved", message.cause());
    return this;
  }

  void lapsed(AgentCommand.Lapsed word) {
    if (tenure.was(word.session())) lapse();
  }

  private Behavior<Command> onLookAtLease(LookAtLease message) {
    if (tenure.ranOut()) {
      lapse();
    } else {
      tenure.politeTime().ifPresent(left -> household.endFenced(false, left));
    }
    lookAtLeaseAgain();
    return this;
  }

  private void lookAtLeaseAgain() {
    tenure
        .nextLook()
        .ifPresent(pause -> timers.startSingleTimer(LookAtLease.class, new LookAtLease(), pause));
  }

  /** Once this began the session is never renewed; the next Hello waits for the fenced lives. */
  private void lapse() {
    Optional<HeldSession> over = tenure.lapse();
    over.ifPresent(ports.workload().state()::hold); // Lost, the launchers' deadline says the same.
    getContext().getLog().warn("the session has lapsed: {}", over);
    endFenced();
  }

  private void endFenced() {
    contact = new Contact.Clearing();
    ports.lease().drop();
    stopRenewing();
    household.tell(new Greeter.BeQuiet());
    household.adrift();
    household.endFenced(true, Duration.ZERO);
  }

  private Behavior<Command> onFencedEnded(FencedEnded message) {
    if (household.isOutdated(message.request())) return this;
    if (contact instanceof Contact.Clearing && household.isThere()) seek();
    return this;
  }

  private Behavior<Command> onRest(Rest message) {
    retirement.wish(message);
    timers.startSingleTimer(new NoRest(), message.patience());
    if (contact instanceof Contact.Registered at) askRest(at.door(), at.session());
    return this;
  }

  /** No Renew follows: the controllers pass over a Rest that comes after one. */
  private void askRest(ActorRef<FrontDoorRequest> door, Session session) {
    stopRenewing();
    contact = retirement.begin(door, session, now());
    onAskRest(new AskRest());
  }

  private Behavior<Command> onAskRest(AskRest message) {
    if (!(contact instanceof Contact.Resting asking)) return this;
    boolean asked = retirement.ask(asking, now());
    if (asked) timers.startSingleTimer(new AskRest(), settings.repeatFirst());
    else seek();
    return this;
  }

  /** Committed: nobody fences this session now, so nothing need end with its lease. */
  void resting(AgentCommand.Resting word) {
    boolean late = contact instanceof Contact.Registered && tenure.is(word.session());
    if (late) tenure.restsThere(true); // We are back: the next Renew says Armed.
    if (!retirement.isAnswered(contact, word.session())) return;
    getContext()
        .pipeToSelf(
            ports.moveDeadline(Deadline.LIFTED),
            (nothing, failure) -> failure == null ? new Lifted() : new DeadlineNotMoved(failure));
  }

  private Behavior<Command> onLifted(Lifted message) {
    if (!(contact instanceof Contact.Resting asking) || !tenure.is(asking.session())) return this;
    contact = new Contact.AtRest();
    timers.cancelAll();
    retirement.done();
    getContext().getLog().info("session {} rests; workloads go on running", asking.session());
    return this;
  }

  private Behavior<Command> onNoRest(NoRest message) {
    retirement.tooLate();
    return this;
  }

  private Instant now() {
    return ports.workload().clock().instant();
  }
}
