package io.ordinal.agent.host;

import io.ordinal.agent.state.HeldSession;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeStatus;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Finds a front door and says Hello there, door after door, until it is told to be quiet. */
final class Greeter extends AbstractBehavior<Greeter.Command> {
  sealed interface Command {}

  /**
   * Greet from now on.
   *
   * @param held the session that the directory last had; when it lapsed, its fenced lives have
   *     ended
   * @param lifted no deadline holds for its fenced lives, because it rested
   */
  record Greet(Optional<HeldSession> held, boolean lifted) implements Command {}

  /**
   * The door that was greeted could not take the node in: the next one, after a pause.
   *
   * @param reason for people
   */
  record Refused(String reason) implements Command {}

  record BeQuiet() implements Command {}

  /** Hello was said there. */
  record Greeted(ActorRef<FrontDoorRequest> door) {}

  private record Seek() implements Command {}

  private record Found(ActorRef<FrontDoorRequest> door) implements Command {}

  private record NotFound(Throwable cause) implements Command {}

  private record LivesTold(List<LifeStatus> lives) implements Command {}

  private record Unanswered() implements Command {}

  private final FrontDoors doors;
  private final HostSettings settings;
  private final Introduction introduction;
  private final ActorRef<HostedLives.Command> lives;
  private final ActorRef<Greeted> agent;
  private final TimerScheduler<Command> timers;
  private final ActorRef<List<LifeStatus>> livesTold;
  private Optional<Greet> task = Optional.empty();
  private Optional<ActorRef<FrontDoorRequest>> door = Optional.empty();
  private String refused = "";
  private int attempt;

  static Behavior<Command> create(
      FrontDoors doors,
      HostSettings settings,
      Introduction introduction,
      ActorRef<HostedLives.Command> lives,
      ActorRef<Greeted> agent) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Greeter(context, timers, doors, settings, introduction, lives, agent)));
  }

  private Greeter(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      FrontDoors doors,
      HostSettings settings,
      Introduction introduction,
      ActorRef<HostedLives.Command> lives,
      ActorRef<Greeted> agent) {
    super(context);
    this.doors = doors;
    this.settings = settings;
    this.introduction = introduction;
    this.lives = lives;
    this.agent = agent;
    this.timers = timers;
    this.livesTold = context.messageAdapter(anyList(), LivesTold::new);
  }

  @SuppressWarnings("unchecked") // Only HostedLives answers there, with statuses.
  private static Class<List<LifeStatus>> anyList() {
    return (Class<List<LifeStatus>>) (Class<?>) List.class;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Greet.class, this::onGreet)
        .onMessage(Refused.class, this::onRefused)
        .onMessage(BeQuiet.class, this::onBeQuiet)
        .onMessage(Seek.class, this::onSeek)
        .onMessage(Found.class, this::onFound)
        .onMessage(NotFound.class, this::onNotFound)
        .onMessage(LivesTold.class, this::onLivesTold)
        .onMessage(Unanswered.class, this::onUnanswered)
        .build();
  }

  private Behavior<Command> onGreet(Greet message) {
    task = Optional.of(message);
    return onSeek(new Seek());
  }

  /** Said once for each reason: it is asked several times a second. */
  private Behavior<Command> onRefused(Refused message) {
    if (!message.reason().equals(refused))
      getContext().getLog().info("not registered yet: {}", message.reason());
    refused = message.reason();
    seekLater();
    return this;
  }

  private Behavior<Command> onBeQuiet(BeQuiet message) {
    task = Optional.empty();
    door = Optional.empty();
    refused = "";
    timers.cancelAll();
    return this;
  }

  private Behavior<Command> onSeek(Seek message) {
    if (task.isEmpty()) return this;
    attempt++;
    door = Optional.empty();
    getContext()
        .pipeToSelf(
            doors.find(attempt),
            (found, failure) -> failure == null ? new Found(found) : new NotFound(failure));
    return this;
  }

  private Behavior<Command> onNotFound(NotFound message) {
    getContext().getLog().debug("no front door at attempt {}", attempt, message.cause());
    seekLater();
    return this;
  }

  private void seekLater() {
    door = Optional.empty();
    if (task.isPresent()) timers.startSingleTimer(Seek.class, new Seek(), settings.pause());
  }

  private Behavior<Command> onFound(Found message) {
    if (task.isEmpty()) return this;
    door = Optional.of(message.door());
    lives.tell(new HostedLives.TellLives(livesTold));
    return this;
  }

  private Behavior<Command> onLivesTold(LivesTold message) {
    if (task.isEmpty() || door.isEmpty()) return this;
    agent.tell(new Greeted(door.get())); // First: the answer goes to the agent.
    Greet greet = task.get();
    door.get().tell(introduction.hello(greet.held(), greet.lifted(), message.lives()));
    timers.startSingleTimer(Seek.class, new Unanswered(), settings.patience());
    return this;
  }

  private Behavior<Command> onUnanswered(Unanswered message) {
    seekLater();
    return this;
  }
}
