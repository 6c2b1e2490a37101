package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.agent.workload.HostedLife;
import io.ordinal.agent.workload.Workload;
import io.ordinal.agent.workload.WorkloadNews;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Line line;
  private final ActorRef<WorkloadNews> news;
  private final Map<LifeName, Guest> guests = new LinkedHashMap<>();
  private final Map<ReplicaId, Incarnation> floors;
  private final Requests requests;
  private final Outbox outbox;
  private final List<EndFenced> awaitFencedEnd = new ArrayList<>();
  private final Duration repeat;
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
    this.line = new Line(agent);
    this.repeat = settings.repeatFirst();
    this.news = context.messageAdapter(WorkloadNews.class, FromWorkload::new);
    this.requests = new Requests(settings.repeatFirst(), settings.repeatMost());
    this.outbox = new Outbox(settings.repeatFirst(), settings.repeatMost());
    this.floors = new HashMap<>(findings.recalled().floors());
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
    LifeName name = new LifeName(life.order().replica(), life.order().incarnation());
    String actor = "life-" + name.replica().namespace() + "-" + name.replica().name();
    ActorRef<Workload.Command> workload =
        getContext()
            .spawn(Workload.host(life, ports.workload(), news), actor + "-" + name.incarnation());
    getContext().watch(workload);
    LifeStatus status = life.status(ports.workload().driver().name());
    guests.put(name, new Guest(life.order(), workload, status, false));
  }

  private Behavior<Command> onConnected(Connected message) {
    line.connect(message);
    fencedWelcome = true;
    outbox.all().forEach(line::report);
    requests.all().forEach(line::confirm);
    return this;
  }

  private Behavior<Command> onAdrift(Adrift message) {
    line.hangUp();
    return this;
  }

  private Behavior<Command> onTellLives(TellLives message) {
    Map<LifeName, LifeStatus> lives = new LinkedHashMap<>();
    guests.forEach((name, guest) -> lives.put(name, guest.status()));
    outbox.all().forEach(status -> lives.put(Outbox.nameOf(status), status));
    message.replyTo().tell(List.copyOf(lives.values()));
    return this;
  }

  private Behavior<Command> onEndFenced(EndFenced message) {
    for (Guest guest : guests.values()) {
      if (guest.order().fenced() && !guest.ended()) endFenced(guest, message.grace());
    }
    if (message.lapsed()) fencedWelcome = false;
    awaitFencedEnd.add(message);
    tellFencedEnd();
    return this;
  }

  private static void endFenced(Guest guest, Duration grace) {
    guest.workload().tell(new Workload.Stop(grace, "LeaseExpired", "The node's lease ran out"));
  }

  private void tellFencedEnd() {
    boolean running =
        guests.values().stream().anyMatch(each -> each.order().fenced() && !each.ended());
    if (running || requests.accepting()) return;
    awaitFencedEnd.forEach(each -> each.replyTo().tell(new FencedEnded(each.request())));
    awaitFencedEnd.clear();
  }

  private Behavior<Command> onOrdered(Ordered message) {
    message.command().match(new Orders(this));
    return this;
  }

  void start(LifeName life) {
    Guest guest = guests.get(life);
    if (guest != null) {
      tellStatus(guest.status());
    } else if (isOver(life)) {
      declareEnded(life);
    } else {
      requests.ask(life, now());
      line.confirm(life);
    }
  }

  private boolean isOver(LifeName life) {
    Incarnation floor = floors.getOrDefault(life.replica(), Incarnation.NONE);
    return !life.incarnation().isAfter(floor);
  }

  void confirmed(LifeOrder order) {
    LifeName life = new LifeName(order.replica(), order.incarnation());
    if (!requests.isAsked(life) || isOver(life) || guests.containsKey(life)) return;
    boolean mine = line.speaksFor(order.session());
    boolean leased = !order.fenced() || ports.lease().holds();
    if (!mine || !leased || !clear(life)) return; // Asked again soon; see onRepeat.
    requests.accept(life);
    StoredLife stored = HostedLife.beginning(order, now());
    getContext()
        .pipeToSelf(
            ports.workload().state().save(stored),
            (nothing, failure) ->
                failure == null ? new Accepted(stored) : new NotAccepted(life, failure));
  }

  /** Whether no other life of the replica runs; one that does is on its way out, or newer. */
  private boolean clear(LifeName life) {
    boolean clear = true;
    for (Map.Entry<LifeName, Guest> entry : guests.entrySet()) {
      if (!entry.getKey().replica().equals(life.replica())) continue;
      if (entry.getKey().incarnation().isAfter(life.incarnation())) return false;
      Guest guest = entry.getValue();
      if (guest.ended()) {
        guest.workload().tell(new Workload.Discard());
      } else {
        guest.workload().tell(new Workload.Stop(guest.order().terminationGrace(), "", ""));
        clear = false;
      }
    }
    return clear;
  }

  private Behavior<Command> onAccepted(Accepted message) {
    LifeOrder order = message.life().order();
    LifeName life = new LifeName(order.replica(), order.incarnation());
    host(HostedLife.fresh(message.life()));
    requests.accepted(life).ifPresent(this::stop);
    if (order.fenced() && !fencedWelcome) endFenced(guests.get(life), Duration.ZERO);
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
    raiseFloor(life);
  }

  void stop(AgentCommand.Stop command) {
    LifeName life = new LifeName(command.replica(), command.incarnation());
    Guest guest = guests.get(life);
    if (guest != null) {
      guests.put(life, guest.notWanted());
      if (guest.ended()) tellStatus(guest.status());
      else guest.workload().tell(new Workload.Stop(command.grace(), "", ""));
    } else if (!requests.stopWhenAccepted(life, command)) {
      requests.withdraw(life);
      raiseFloor(life);
    }
  }

  private void raiseFloor(LifeName life) {
    getContext()
        .pipeToSelf(
            ports.workload().state().raiseFloor(life.replica(), life.incarnation()),
            (nothing, failure) ->
                failure == null ? new FloorRaised(life) : new FloorNotRaised(life, failure));
  }

  private Behavior<Command> onFloorRaised(FloorRaised message) {
    LifeName life = message.life();
    floors.merge(life.replica(), life.incarnation(), (was, now) -> now.isAfter(was) ? now : was);
    guests.forEach(
        (name, guest) -> {
          boolean below = name.replica().equals(life.replica()) && isOver(name);
          if (!below || guest.ended()) return;
          guest.workload().tell(new Workload.Stop(guest.order().terminationGrace(), "", ""));
        });
    if (!guests.containsKey(life)) declareEnded(life);
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
    tellStatus(UnknownLife.ended(life));
  }

  void noted(AgentCommand.Noted command) {
    LifeName life = new LifeName(command.replica(), command.incarnation());
    outbox.noted(life, command.version());
    Guest guest = guests.get(life);
    boolean over = guest != null && guest.ended() && guest.leavesNothing();
    if (over && guest.status().version() == command.version()) {
      guest.workload().tell(new Workload.Discard());
    }
  }

  void readLog(AgentCommand.ReadLog query) {
    Optional<Guest> latest =
        guests.entrySet().stream()
            .filter(each -> each.getKey().replica().equals(query.replica()))
            .max(Map.Entry.comparingByKey(Comparator.comparing(LifeName::incarnation)))
            .map(Map.Entry::getValue);
    latest.ifPresentOrElse(
        guest -> guest.workload().tell(new Workload.ReadLog(query)),
        () -> query.replyTo().tell(UnknownLife.noLog(query)));
  }

  void removeVolume(AgentCommand.RemoveVolume order) {
    String volume = order.volume();
    boolean used =
        requests.accepting() || guests.values().stream().anyMatch(guest -> guest.uses(volume));
    line.removed(volume, used ? Line.IN_USE : ports.workload().volumes().remove(volume));
  }

  private Behavior<Command> onFromWorkload(FromWorkload message) {
    WorkloadNews heard = message.news();
    if (heard instanceof WorkloadNews.Fared fared) onFared(fared.status());
    if (heard instanceof WorkloadNews.Happened happened) line.tell(happened);
    if (heard instanceof WorkloadNews.Discarded discarded) onDiscarded(discarded.life());
    return this;
  }

  private void onFared(LifeStatus status) {
    guests.computeIfPresent(Outbox.nameOf(status), (name, guest) -> guest.faring(status));
    tellStatus(status);
    tellFencedEnd();
    if (status.phase() != LifeStatus.Phase.ENDED) return;
    requests.all().stream() // The replica's next life may have waited for this.
        .filter(life -> life.replica().equals(status.replica()))
        .forEach(line::confirm);
  }

  private void onDiscarded(LifeName life) {
    guests.remove(life);
    floors.merge(life.replica(), life.incarnation(), (was, now) -> now.isAfter(was) ? now : was);
  }

  private void tellStatus(LifeStatus status) {
    outbox.put(status, now());
    line.report(status);
  }

  private Behavior<Command> onRepeat(Repeat message) {
    if (!line.connected()) return this;
    outbox.due(now()).forEach(line::report);
    requests.due(now()).forEach(line::confirm);
    return this;
  }

  private Instant now() {
    return ports.workload().clock().instant();
  }
}
