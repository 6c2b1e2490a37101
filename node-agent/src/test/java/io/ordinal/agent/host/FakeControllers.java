package io.ordinal.agent.host;

import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A front door with a log in memory; answers as the real one would, as long as it is let. */
final class FakeControllers {
  private final Duration lease;
  private final Map<LifeName, Function<Session, LifeOrder>> placed = new HashMap<>();
  private final Map<LifeName, LifeStatus> statuses = new HashMap<>();
  private final List<FrontDoorRequest.Hello> hellos = new ArrayList<>();
  private final Map<String, String> obstacles = new HashMap<>();
  private final List<String> happened = new ArrayList<>();
  private Optional<Session> session = Optional.empty();
  private Optional<ActorRef<AgentCommand>> agent = Optional.empty();
  private boolean grants = true;
  private final List<LifeStatus> reports = new ArrayList<>();
  private Consumer<LifeStatus> witness = status -> {};
  private boolean silent;
  private int sessions;
  private long renewedAt;
  private long restedAt;
  private int ignoredHellos;
  private int confirms;

  FakeControllers(Duration lease) {
    this.lease = lease;
  }

  Behavior<FrontDoorRequest> frontDoor() {
    return Behaviors.receiveMessage(
        request -> {
          on(request);
          return Behaviors.same();
        });
  }

  private synchronized void on(FrontDoorRequest request) {
    if (silent) {
      if (request instanceof FrontDoorRequest.Hello) ignoredHellos++;
      return;
    }
    if (request instanceof FrontDoorRequest.Hello hello) onHello(hello);
    if (request instanceof FrontDoorRequest.Renew renew) onRenew(renew);
    if (request instanceof FrontDoorRequest.Confirm confirm) onConfirm(confirm);
    if (request instanceof FrontDoorRequest.Report report) onReport(report);
    if (request instanceof FrontDoorRequest.Happened news) happened.add(news.event().reason());
    if (request instanceof FrontDoorRequest.Rest rest) onRest(rest);
    if (request instanceof FrontDoorRequest.Armed armed) onArmed(armed);
    if (request instanceof FrontDoorRequest.VolumeRemoved removed) {
      obstacles.put(removed.volume(), removed.obstacle().orElse(""));
    }
  }

  private void onHello(FrontDoorRequest.Hello hello) {
    hellos.add(hello);
    boolean goesOn = session.isPresent() && hello.previous().equals(session);
    if (!goesOn) {
      sessions++;
      session = Optional.of(new Session(hello.node(), hello.stateUuid(), hello.bootId(), sessions));
    }
    agent = Optional.of(hello.agent());
    hello.agent().tell(welcome());
  }

  private AgentCommand.Welcome welcome() {
    return new AgentCommand.Welcome(session.orElseThrow(), lease, restedAt > 0);
  }

  private void onRest(FrontDoorRequest.Rest rest) {
    if (!session.equals(Optional.of(rest.session())) || rest.sequence() < renewedAt) return;
    restedAt = rest.sequence();
    rest.agent().tell(new AgentCommand.Resting(rest.session()));
  }

  private void onArmed(FrontDoorRequest.Armed armed) {
    if (armed.sequence() > restedAt) restedAt = 0;
    armed.agent().tell(welcome());
  }

  /** A request for rest of before is handled only now, when the agent is back. */
  synchronized void restLate() {
    restedAt = renewedAt;
  }

  synchronized void forgetRest() {
    restedAt = 0;
  }

  synchronized boolean resting() {
    return restedAt > 0;
  }

  private void onRenew(FrontDoorRequest.Renew renew) {
    renewedAt = Math.max(renewedAt, renew.sequence());
    if (!session.equals(Optional.of(renew.session()))) {
      renew.agent().tell(new AgentCommand.Lapsed(renew.session()));
    } else if (grants) {
      renew.agent().tell(new AgentCommand.Granted(renew.session(), renew.sequence(), restedAt > 0));
    }
  }

  private void onConfirm(FrontDoorRequest.Confirm confirm) {
    confirms++;
    LifeName life = new LifeName(confirm.replica(), confirm.incarnation());
    Function<Session, LifeOrder> order = placed.get(life);
    confirm
        .agent()
        .tell(
            order == null
                ? new AgentCommand.Over(confirm.replica(), confirm.incarnation())
                : new AgentCommand.Confirmed(order.apply(session.orElseThrow())));
  }

  private void onReport(FrontDoorRequest.Report report) {
    LifeStatus status = report.status();
    reports.add(status);
    witness.accept(status);
    LifeName life = Outbox.nameOf(status);
    LifeStatus known = statuses.get(life);
    if (known == null || known.version() < status.version()) statuses.put(life, status);
    if (status.phase() == LifeStatus.Phase.ENDED) placed.remove(life);
    report
        .agent()
        .tell(new AgentCommand.Noted(status.replica(), status.incarnation(), status.version()));
  }

  synchronized void place(LifeName life, Function<Session, LifeOrder> order) {
    placed.put(life, order);
  }

  /** A life with one plain container, begun again whenever it ends. */
  void place(LifeName life, boolean fenced) {
    place(
        life,
        session ->
            Lives.order(
                life.incarnation(),
                session,
                fenced,
                RestartPolicy.ALWAYS,
                List.of(),
                List.of(Lives.plain("main"))));
  }

  /** As an operator's word does that its machine is off. */
  synchronized void displace(LifeName life) {
    placed.remove(life);
  }

  synchronized void tell(AgentCommand command) {
    agent.ifPresent(each -> each.tell(command));
  }

  /** Sees every report before it is answered. */
  synchronized void onReport(Consumer<LifeStatus> look) {
    witness = look;
  }

  synchronized List<LifeStatus> reports() {
    return List.copyOf(reports);
  }

  synchronized void stopGranting() {
    grants = false;
  }

  synchronized void grantAgain() {
    grants = true;
  }

  synchronized void fallSilent(boolean silence) {
    silent = silence;
  }

  /** Introductions that came while it was silent: the agent looks for another door. */
  synchronized int hellosIgnored() {
    return ignoredHellos;
  }

  /** How often the agent asked whether something may start. */
  synchronized int confirms() {
    return confirms;
  }

  synchronized Optional<LifeStatus> status(LifeName life) {
    return Optional.ofNullable(statuses.get(life));
  }

  /** What the agent said last of this volume: empty when it is removed. */
  synchronized Optional<String> obstacle(String volume) {
    return Optional.ofNullable(obstacles.get(volume));
  }

  synchronized List<FrontDoorRequest.Hello> hellos() {
    return List.copyOf(hellos);
  }

  synchronized List<String> happened() {
    return List.copyOf(happened);
  }
}
