package io.ordinal.agent.drill;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes orders on to the executor, and tells the controllers what becomes of them. */
public final class FaultRoom extends AbstractBehavior<FaultRoom.Command> {
  /** What the room is told. */
  public sealed interface Command {}

  /** Do this fault. */
  public record Inject(AgentCommand.Inject order) implements Command {}

  /** Undo this fault. */
  public record Revert(AgentCommand.Revert order) implements Command {}

  /**
   * From now on news goes there.
   *
   * @param session of the node that says it; empty where there is none, and the door is in this
   *     process
   */
  public record Door(ActorRef<FrontDoorRequest> door, Optional<Session> session)
      implements Command {
    private void tell(Injected news) {
      door.tell(news.by(session));
    }
  }

  private record Look() implements Command {}

  private record Learnt(List<Injected> news) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private static final Logger LOG = LoggerFactory.getLogger(FaultRoom.class);

  private final FaultExecutor executor;
  private final Executor blocking;
  private final List<Injected> untold = new ArrayList<>();
  private Optional<Door> door = Optional.empty();
  private boolean looking;

  /**
   * @param blocking one thread, where the executor works
   * @param look how often changes are looked for
   */
  public static Behavior<Command> create(FaultExecutor executor, Executor blocking, Duration look) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Look(), Duration.ZERO, look);
                  return new FaultRoom(context, executor, blocking);
                }));
  }

  private FaultRoom(ActorContext<Command> context, FaultExecutor executor, Executor blocking) {
    super(context);
    this.executor = executor;
    this.blocking = blocking;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Inject.class, this::onInject)
        .onMessage(Revert.class, this::onRevert)
        .onMessage(Door.class, this::onDoor)
        .onMessage(Look.class, this::onLook)
        .onMessage(Learnt.class, this::onLearnt)
        .onMessage(Failed.class, this::onFailed)
        .build();
  }

  private Behavior<Command> onInject(Inject message) {
    AgentCommand.Inject order = message.order();
    LOG.warn(
        "drill {} asks to {} for {} s",
        order.drill(),
        order.fault().match(FaultWords.INSTANCE),
        order.duration().toSeconds());
    learn(() -> List.of(executor.inject(message.order())));
    return this;
  }

  private Behavior<Command> onRevert(Revert message) {
    learn(() -> List.of(executor.revert(message.order())));
    return this;
  }

  private Behavior<Command> onDoor(Door message) {
    door = Optional.of(message);
    untold.forEach(message::tell);
    untold.clear();
    return this;
  }

  private Behavior<Command> onLook(Look message) {
    if (looking) return this;
    looking = true;
    learn(executor::look);
    return this;
  }

  private void learn(Callable<List<Injected>> work) {
    CompletableFuture<List<Injected>> done = new CompletableFuture<>();
    blocking.execute(
        () -> {
          try {
            done.complete(work.call());
          } catch (Exception failure) {
            done.completeExceptionally(failure);
          }
        });
    getContext()
        .pipeToSelf(
            done, (news, failure) -> failure == null ? new Learnt(news) : new Failed(failure));
  }

  private Behavior<Command> onLearnt(Learnt message) {
    looking = false;
    for (Injected news : message.news()) {
      LOG.info(news.inWords());
      door.ifPresentOrElse(at -> at.tell(news), () -> untold.add(news));
    }
    return this;
  }

  private Behavior<Command> onFailed(Failed message) {
    looking = false;
    getContext().getLog().error("faults of drills cannot be looked after", message.cause());
    return this;
  }
}
