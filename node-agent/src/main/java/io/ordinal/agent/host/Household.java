package io.ordinal.agent.host;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The agent's children, once they are there. Used by one thread. */
final class Household {
  private final HostPorts ports;
  private final HostSettings settings;
  private final ActorRef<HostedLives.FencedEnded> fencedEnded;
  private Optional<ActorRef<HostedLives.Command>> lives = Optional.empty();
  private Optional<ActorRef<Greeter.Command>> greeter = Optional.empty();
  private Optional<ActorRef<Refresher.Command>> refresher = Optional.empty();
  private long fencedRequest;

  /**
   * @param fencedEnded is told when no fenced life is left
   */
  Household(HostPorts ports, HostSettings settings, ActorRef<HostedLives.FencedEnded> fencedEnded) {
    this.ports = ports;
    this.settings = settings;
    this.fencedEnded = fencedEnded;
  }

  /**
   * The failure of a child is its parent's: everything is read back from disk.
   *
   * @param agent where controllers are to answer
   */
  void moveIn(
      ActorContext<?> context,
      Recovery.Stock stock,
      ActorRef<AgentCommand> agent,
      ActorRef<Greeter.Greeted> greeted) {
    ActorRef<HostedLives.Command> hosted =
        context.spawn(HostedLives.create(stock.findings(), ports, settings, agent), "lives");
    context.watch(hosted);
    Introduction introduction = Introduction.of(stock, ports, settings, agent);
    ActorRef<Greeter.Command> greets =
        context.spawn(
            Greeter.create(ports.frontDoors(), settings, introduction, hosted, greeted), "greeter");
    context.watch(greets);
    ActorRef<Refresher.Command> refreshes =
        context.spawn(
            Refresher.create(
                ports.workload().volumes(),
                ports.workload().clock(),
                settings.refresh(),
                settings.refreshMost(),
                agent),
            "refresher");
    context.watch(refreshes);
    refresher = Optional.of(refreshes);
    lives = Optional.of(hosted);
    greeter = Optional.of(greets);
  }

  boolean isThere() {
    return lives.isPresent();
  }

  void tell(Greeter.Command command) {
    greeter.ifPresent(each -> each.tell(command));
  }

  /** This session is known here. */
  void connected(ActorRef<FrontDoorRequest> door, Session session) {
    tell(new HostedLives.Connected(door, session));
    refresher.ifPresent(each -> each.tell(new Refresher.Connected(door, session)));
  }

  /** Nobody can be asked. */
  void adrift() {
    tell(new HostedLives.Adrift());
    refresher.ifPresent(each -> each.tell(new Refresher.Adrift()));
  }

  void ordered(AgentCommand command) {
    if (command instanceof AgentCommand.Refreshed answer) {
      refresher.ifPresent(each -> each.tell(new Refresher.Answered(answer)));
    } else {
      tell(new HostedLives.Ordered(command));
    }
  }

  void tell(HostedLives.Command command) {
    lives.ifPresent(each -> each.tell(command));
  }

  void endFenced(boolean lapsed, Duration grace) {
    fencedRequest++;
    tell(new HostedLives.EndFenced(fencedRequest, lapsed, grace, fencedEnded));
  }

  /** Answers a request that a later one followed: lives may have begun since. */
  boolean isOutdated(long request) {
    return request != fencedRequest;
  }
}
