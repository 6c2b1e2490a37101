package io.ordinal.agent.host;

import io.ordinal.agent.drill.FaultRoom;
import io.ordinal.agent.lifecycle.Fence;
import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.agent.workload.HostedLife;
import io.ordinal.agent.workload.Workload;
import io.ordinal.agent.workload.WorkloadNews;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The lives of this node: takes orders about them, hosts a {@link Workload} for each, and repeats
 * what is to be known of them until the controllers have noted it. A replica's next life is hosted
 * only after the one before has ended.
 */
final class HostedLives extends AbstractBehavior<HostedLives.Command> {
  sealed interface Command {}

  /** From now on this front door is spoken to, in this session. */
  record Connected(ActorRef<FrontDoorRequest> door, Session session) implements Command {}

  /** No front door listens. */
  record Adrift() implements Command {}

  /** A controller's word about a life. */
  record Ordered(AgentCommand command) implements Command {}

  /** Asks for everything that a Hello tells. */
  record TellLives(ActorRef<List<LifeStatus>> replyTo) implements Command {}

  /** Asks which lives end with a lease that has so much left. */
  record TellRest(boolean resting, Optional<Duration> left, ActorRef<Rested> replyTo)
      implements Command {}

  /**
   * Every fenced life is to end; answered when none runs any more. May be repeated.
   *
   * @param request its number, which comes back with the answer
   * @param lapsed the session is over: what is still on its way in under it must not run either
   */
  record EndFenced(long request, boolean lapsed, Duration grace, ActorRef<FencedEnded> replyTo)
      implements Command {}

  /** No process of a fenced life exists. */
  record FencedEnded(long request) {}

  private record FromWorkload(WorkloadNews news) implements Command {}

  private record Accepted(StoredLife life) implements Command {}

  private record NotAccepted(LifeName life, Throwable cause) implements Command {}

  private record FloorRaised(LifeName life) implements Command {}

  private record FloorNotRaised(LifeName life, Throwable cause) implements Command {}

  private record RaiseFloor(LifeName life) implements Command {}

  private record Repeat() implements Command {}

  private final HostPorts ports;
  private final TimerScheduler<Command> timers;
  private final Mail mail;
  private final Line line;
  private final ActorRef<WorkloadNews> news;
  private final Guests guests = new Guests();
  private final Floors floors;
  private final Requests requests;
  private final List<EndFenced> awaitFencedEnd = new ArrayList<>();
  private final Duration repeat;
  private final Duration reserve;
  private boolean fencedWelcome;

  /**
   * @param agent where controllers are to answer
   */
  static Behavior<Command> create(
      Findings findings, HostPorts ports, HostSettings settings, ActorRef<AgentCommand> agent) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new HostedLives(context, timers, findings, ports, settings, agent)));
  }

  private HostedLives(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Findings findings,
      HostPorts ports,
      HostSettings settings,
      ActorRef<AgentCommand> agent) {
    super(context);
    this.ports = ports;
    this.timers = timers;
    this.mail = new Mail(settings, agent, ports.workload().clock());
    this.line = mail.line();
    this.requests = mail.requests();
    this.repeat = settings.repeatFirst();
    this.reserve = settings.reserve();
    this.news = context.messageAdapter(WorkloadNews.class, FromWorkload::new);
    this.floors = new Floors(findings.recalled().floors());
    findings.hosted(ports.workload().settings(), now()).forEach(this::host);
    findings.unknown().forEach(this::declareEnded);
    timers.startTimerWithFixedDelay(new Repeat(), repeat);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Connected.class, this::onConnected)
        .onMessage(Adrift.class, this::onAdrift)
        .onMessage(Ordered.class, this::onOrdered)
        .onMessage(TellLives.class, this::onTellLives)
        .onMessage(TellRest.class, this::onTellRest)
        .onMessage(EndFenced.class, this::onEndFenced)
        .onMessage(FromWorkload.class, this::onFromWorkload)
        .onMessage(Accepted.class, this::onAccepted)
        .onMessage(NotAccepted.class, this::onNotAccepted)
        .onMessage(FloorRaised.class, this::onFloorRaised)
        .onMessage(FloorNotRaised.class, this::onFloorNotRaised)
        .onMessage(RaiseFloor.class, this::onRaiseFloor)
        .onMessage(Repeat.class, this::onRepeat)
        .onSignal(ChildFailed.class, this::onChildFailed)
        .onSignal(Terminated.class, signal -> this) // A life that was discarded.
        .build();
  }

  /** A fault of ours: everything is read back from disk by whoever supervises the agent. */
  private Behavior<Command> onChildFailed(ChildFailed signal) {
    throw new IllegalStateException(signal.getRef() + " failed", signal.cause());
  }

  private void host(HostedLife life) {
    LifeName name = nameOf(life.order());
    String actor = "life-" + name.replica().namespace() + "-" + name.replica().name();
    ActorRef<Workload.Command> workload =
        getContext()
            .spawn(Workload.host(life, ports.workload(), news), actor + "-" + name.incarnation());
    getContext().watch(workload);
    LifeStatus status = life.status(ports.workload().driver().name());
    guests.put(name, new Guest(life.order(), workload, status, false, life.fence()));
    if (life.asleep()) mail.ask(name);
  }

  private Behavior<Command> onConnected(Connected message) {
    fencedWelcome = true;
    mail.connect(message);
    ports.faults().tell(new FaultRoom.Door(message.door(), Optional.of(message.session())));
    return this;
  }

  private Behavior<Command> onAdrift(Adrift message) {
    line.hangUp();
    return this;
  }

  private Behavior<Command> onTellLives(TellLives message) {
    message.replyTo().tell(mail.all(guests));
    return this;
  }

  private Behavior<Command> onTellRest(TellRest message) {
    message.replyTo().tell(guests.rested(message.resting(), message.left()));
    return this;
  }

  private Behavior<Command> onEndFenced(EndFenced message) {
    guests.fenced().forEach(life -> endFenced(life, message.grace()));
    if (message.lapsed()) {
      fencedWelcome = false;
      ports.wellness().mustEnd(reserve);
    }
    awaitFencedEnd.add(message);
    tellFencedEnd();
    return this;
  }

  private void endFenced(LifeName life, Duration grace) {
    Workload.Stop stop = new Workload.Stop(grace, Admission.EXPIRED, Admission.RAN_OUT);
    guests.find(life).ifPresent(guest -> guest.workload().tell(stop));
  }

  private void tellFencedEnd() {
    if (!guests.fenced().isEmpty() || requests.accepting()) return;
    ports.wellness().ended();
    awaitFencedEnd.forEach(each -> each.replyTo().tell(new FencedEnded(each.request())));
    awaitFencedEnd.clear();
  }

  private Behavior<Command> onOrdered(Ordered message) {
    message.command().match(new Orders(this, new Errands(guests, mail, ports)));
    return this;
  }

  void start(LifeName life) {
    Optional<Guest> guest = guests.find(life);
    if (guest.isPresent()) {
      mail.report(guest.get().status());
    } else if (floors.over(life)) {
      declareEnded(life);
    } else if (!floors.forbid(life)) { // Otherwise its end is told once it is on disk.
      mail.ask(life);
    }
  }

  void confirmed(LifeOrder order) {
    LifeName life = nameOf(order);
    if (!requests.isAsked(life) || floors.forbid(life)) return;
    boolean mine = line.speaksFor(order.session());
    boolean leased = !order.fenced() || ports.lease().holds();
    if (!mine || !leased) return; // Asked again soon; see onRepeat.
    if (guests.knows(life)) {
      requests.withdraw(life);
      guests.find(life).ifPresent(asleep -> asleep.workload().tell(new Workload.Wake()));
      return;
    }
    if (!guests.makeRoom(life)) return;
    requests.accept(life);
    StoredLife stored = HostedLife.beginning(order, now());
    getContext()
        .pipeToSelf(
            ports.workload().state().save(stored),
            (nothing, failure) ->
                failure == null ? new Accepted(stored) : new NotAccepted(life, failure));
  }

  private Behavior<Command> onAccepted(Accepted message) {
    LifeName life = nameOf(message.life().order());
    Optional<AgentCommand.Stop> asked = requests.accepted(life);
    host(new Admission(asked, floors.forbid(life), !fencedWelcome).of(message.life()));
    if (asked.isPresent()) guests.find(life).ifPresent(it -> guests.put(life, it.notWanted()));
    tellFencedEnd();
    return this;
  }

  private Behavior<Command> onNotAccepted(NotAccepted message) {
    getContext().getLog().error("{} could not be written down", message.life(), message.cause());
    requests
        .accepted(message.life())
        .ifPresentOrElse(this::stop, () -> requests.ask(message.life(), now()));
    tellFencedEnd();
    return this;
  }

  void over(LifeName life) {
    requests.withdraw(life);
    AgentCommand.Stop stop =
        new AgentCommand.Stop(life.replica(), life.incarnation(), Duration.ZERO);
    if (!requests.stopWhenAccepted(life, stop)) raiseFloor(life);
  }

  void stop(AgentCommand.Stop command) {
    LifeName life = new LifeName(command.replica(), command.incarnation());
    Optional<Guest> found = guests.find(life);
    if (found.isPresent()) {
      Guest guest = found.get();
      guests.put(life, guest.notWanted());
      requests.withdraw(life);
      if (guest.ended()) mail.report(guest.status());
      else guest.workload().tell(new Workload.Stop(command.grace(), "", ""));
    } else if (!requests.stopWhenAccepted(life, command)) {
      requests.withdraw(life);
      raiseFloor(life);
    }
  }

  /** While the lease does not hold, a fence would end the life at once: then it waits. */
  void setFenced(AgentCommand.SetFenced word) {
    LifeName life = new LifeName(word.replica(), word.incarnation());
    Optional<Guest> found = guests.find(life);
    if (found.isEmpty()) {
      if (floors.over(life)) declareEnded(life);
      return;
    }
    Guest guest = found.get();
    if (guest.ended() || !guest.fence().yieldsTo(word)) {
      mail.report(guest.status());
      return;
    }
    boolean may = !word.fenced() || fencedWelcome && ports.lease().holds();
    if (line.session().isEmpty() || !may) return; // Repeated until then.
    Fence fence = Fence.of(word);
    guests.put(life, guest.fencedAs(fence));
    guest.workload().tell(new Workload.SetFenced(fence, line.session().get()));
  }

  private void raiseFloor(LifeName life) {
    floors.wanted(life);
    getContext()
        .pipeToSelf(
            ports.workload().state().raiseFloor(life.replica(), life.incarnation()),
            (nothing, failure) ->
                failure == null ? new FloorRaised(life) : new FloorNotRaised(life, failure));
  }

  private Behavior<Command> onFloorRaised(FloorRaised message) {
    LifeName life = message.life();
    floors.written(life);
    guests
        .of(life.replica())
        .forEach(
            (name, guest) -> {
              if (!floors.over(name) || guest.ended()) return;
              guest.workload().tell(new Workload.Stop(guest.order().terminationGrace(), "", ""));
            });
    if (!guests.knows(life) && !requests.accepting(life)) declareEnded(life);
    return this;
  }

  private Behavior<Command> onFloorNotRaised(FloorNotRaised message) {
    getContext().getLog().error("the end of {} cannot be noted", message.life(), message.cause());
    timers.startSingleTimer(message.life(), new RaiseFloor(message.life()), repeat);
    return this;
  }

  private Behavior<Command> onRaiseFloor(RaiseFloor message) {
    raiseFloor(message.life());
    return this;
  }

  private void declareEnded(LifeName life) {
    mail.report(UnknownLife.ended(life));
  }

  void noted(AgentCommand.Noted command) {
    LifeName life = new LifeName(command.replica(), command.incarnation());
    mail.noted(life, command.version());
    guests
        .find(life)
        .filter(guest -> guest.ended() && guest.leavesNothing())
        .filter(guest -> guest.status().version() == command.version())
        .ifPresent(guest -> guest.workload().tell(new Workload.Discard()));
  }

  private Behavior<Command> onFromWorkload(FromWorkload message) {
    WorkloadNews heard = message.news();
    if (heard instanceof WorkloadNews.Fared fared) onFared(fared.status());
    if (heard instanceof WorkloadNews.Happened happened) line.tell(happened);
    if (heard instanceof WorkloadNews.Discarded discarded) onDiscarded(discarded.life());
    return this;
  }

  private void onFared(LifeStatus status) {
    guests.fared(status);
    mail.report(status);
    tellFencedEnd();
    if (status.phase() != LifeStatus.Phase.ENDED) return;
    requests.all().stream() // The replica's next life may have waited for this.
        .filter(life -> life.replica().equals(status.replica()))
        .forEach(line::confirm);
  }

  private void onDiscarded(LifeName life) {
    guests.remove(life);
    floors.written(life);
  }

  private Behavior<Command> onRepeat(Repeat message) {
    mail.repeatWhatIsDue();
    return this;
  }

  private static LifeName nameOf(LifeOrder order) {
    return new LifeName(order.replica(), order.incarnation());
  }

  private Instant now() {
    return ports.workload().clock().instant();
  }
}
