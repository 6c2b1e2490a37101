package io.ordinal.agent.host;

import io.ordinal.agent.volume.Aging;
import io.ordinal.agent.volume.Volumes;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Has files that expire, such as the tokens of pods, made anew before they do. What it does not
 * know the age of, as after a restart of the agent, it takes for old.
 */
final class Refresher extends AbstractBehavior<Refresher.Command> {
  sealed interface Command {}

  /** The controllers can be asked here. */
  record Connected(ActorRef<FrontDoorRequest> door, Session session) implements Command {}

  /** Nobody can be asked. */
  record Adrift() implements Command {}

  /** What was asked for. */
  record Answered(AgentCommand.Refreshed answer) implements Command {}

  private record Look() implements Command {}

  private record Found(List<Aging> aging) implements Command {}

  private record NotFound(Throwable cause) implements Command {}

  private record Written(Life life, Instant due) implements Command {}

  private record NotWritten(Life life, Throwable cause) implements Command {}

  private record Life(ReplicaId replica, Incarnation incarnation) {}

  private final Volumes volumes;
  private final InstantSource clock;
  private final Duration most;
  private final ActorRef<AgentCommand> agent;
  private final Map<Life, Instant> dueAt = new HashMap<>();
  private Optional<Connected> connection = Optional.empty();

  /**
   * @param pause between two looks
   * @param most files are made anew so often, however long they hold
   * @param agent where controllers are to answer
   */
  static Behavior<Command> create(
      Volumes volumes,
      InstantSource clock,
      Duration pause,
      Duration most,
      ActorRef<AgentCommand> agent) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Look(), pause);
                  return new Refresher(context, volumes, clock, most, agent);
                }));
  }

  private Refresher(
      ActorContext<Command> context,
      Volumes volumes,
      InstantSource clock,
      Duration most,
      ActorRef<AgentCommand> agent) {
    super(context);
    this.volumes = volumes;
    this.clock = clock;
    this.most = most;
    this.agent = agent;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Connected.class, this::onConnected)
        .onMessage(Adrift.class, this::onAdrift)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Look.class, this::onLook)
        .onMessage(Found.class, this::onFound)
        .onMessage(NotFound.class, this::onNotFound)
        .onMessage(Written.class, this::onWritten)
        .onMessage(NotWritten.class, this::onNotWritten)
        .build();
  }

  private Behavior<Command> onConnected(Connected news) {
    connection = Optional.of(news);
    return this;
  }

  private Behavior<Command> onAdrift(Adrift news) {
    connection = Optional.empty();
    return this;
  }

  private Behavior<Command> onLook(Look tick) {
    if (connection.isEmpty()) return this;
    getContext()
        .pipeToSelf(
            volumes.aging(),
            (aging, failure) -> failure == null ? new Found(aging) : new NotFound(failure));
    return this;
  }

  /** Asked again with every look, until it is answered. */
  private Behavior<Command> onFound(Found found) {
    List<Life> lives =
        found.aging().stream().map(each -> new Life(each.replica(), each.incarnation())).toList();
    dueAt.keySet().retainAll(lives);
    Instant now = clock.instant();
    for (Life life : lives) {
      boolean due = !now.isBefore(dueAt.getOrDefault(life, Instant.MIN));
      if (due) connection.ifPresent(each -> ask(each, life));
    }
    return this;
  }

  private void ask(Connected at, Life life) {
    at.door()
        .tell(
            new FrontDoorRequest.Refresh(at.session(), life.replica(), life.incarnation(), agent));
  }

  private Behavior<Command> onNotFound(NotFound message) {
    getContext().getLog().warn("files that expire are not known", message.cause());
    return this;
  }

  private Behavior<Command> onAnswered(Answered message) {
    AgentCommand.Refreshed answer = message.answer();
    Optional<Duration> renewal =
        answer.volumes().stream().map(VolumeOrder.Files::renewal).min(Duration::compareTo);
    if (renewal.isEmpty()) return this; // It ends: its token is void, or about to be.
    Life life = new Life(answer.replica(), answer.incarnation());
    Duration pause = renewal.get().compareTo(most) < 0 ? renewal.get() : most;
    Instant due = clock.instant().plus(pause);
    getContext()
        .pipeToSelf(
            volumes.refresh(life.replica(), life.incarnation(), answer.volumes()),
            (done, failure) ->
                failure == null ? new Written(life, due) : new NotWritten(life, failure));
    return this;
  }

  private Behavior<Command> onWritten(Written message) {
    dueAt.put(message.life(), message.due());
    return this;
  }

  private Behavior<Command> onNotWritten(NotWritten message) {
    String replica = message.life().replica().toString();
    getContext().getLog().warn("files of {} expire", replica, message.cause());
    return this;
  }
}
