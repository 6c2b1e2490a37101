package io.ordinal.agent.boot;

import com.typesafe.config.Config;
import io.ordinal.agent.drill.DrillSettings;
import io.ordinal.agent.drill.FaultExecutor;
import io.ordinal.agent.drill.FaultPlace;
import io.ordinal.agent.drill.FaultRoom;
import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.host.DoorAddresses;
import io.ordinal.agent.host.SelectedFrontDoors;
import io.ordinal.protocol.agent.AgentCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Faults that drills do to this member. An {@link Agent} has its own; a member without the role of
 * a node opens one by itself. Outlives actor systems; what was begun is undone also when this is
 * closed.
 */
public final class Faults implements AutoCloseable {
  /**
   * The actor name, below {@code /user}, under which every member takes {@link AgentCommand.Inject}
   * and {@link AgentCommand.Revert}.
   */
  public static final String ACTOR_NAME = "faults";

  private static final Duration DOOR_PATIENCE = Duration.ofSeconds(2);

  private final FaultExecutor executor;
  private final DrillSettings settings;
  private final ExecutorService thread;

  private Faults(FaultExecutor executor, DrillSettings settings, ExecutorService thread) {
    this.executor = executor;
    this.settings = settings;
    this.thread = thread;
  }

  /**
   * @param directory the node's, as in {@link AgentPlace}
   * @param member its name
   * @param address where other members reach it: decides what {@code ordinal.agent.drills.enabled =
   *     auto} means
   */
  public static Faults open(Path directory, String member, String address, Config config)
      throws IOException {
    Path root = directory.toAbsolutePath();
    FaultPlace place =
        new FaultPlace(
            member,
            address,
            root.resolve("drill"),
            root.resolve("driver"),
            ProcessHandle.current().pid(),
            BootClock.ofMachine());
    DrillSettings settings = DrillSettings.from(config);
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "agent-faults");
              made.setDaemon(true);
              return made;
            });
    return new Faults(new FaultExecutor(place, settings, InstantSource.system()), settings, thread);
  }

  /** Whether drills may do anything here: controllers are told, so that none begins in vain. */
  public boolean allowed() {
    return executor.allowed();
  }

  /**
   * Starts taking orders, in a member without an agent; news goes to the front door of this actor
   * system.
   */
  public ActorRef<FaultRoom.Command> start(ActorContext<?> context) {
    ActorRef<FaultRoom.Command> room = take(context);
    SelectedFrontDoors doors =
        new SelectedFrontDoors(
            context.getSystem(),
            () -> CompletableFuture.completedStage(List.of(DoorAddresses.HERE)),
            DOOR_PATIENCE,
            DOOR_PATIENCE);
    findDoor(context.getSystem(), doors, room);
    return room;
  }

  /** Starts taking orders; whoever has an agent tells it which front door to talk to. */
  ActorRef<FaultRoom.Command> take(ActorContext<?> context) {
    ActorRef<FaultRoom.Command> room =
        context.spawn(FaultRoom.create(executor, thread, settings.look()), "fault-room");
    context.spawn(entrance(room), ACTOR_NAME);
    return room;
  }

  private static Behavior<AgentCommand> entrance(ActorRef<FaultRoom.Command> room) {
    return Behaviors.receiveMessage(
        command -> {
          if (command instanceof AgentCommand.Inject order) room.tell(new FaultRoom.Inject(order));
          if (command instanceof AgentCommand.Revert order) room.tell(new FaultRoom.Revert(order));
          return Behaviors.same();
        });
  }

  private static void findDoor(
      ActorSystem<?> system, SelectedFrontDoors doors, ActorRef<FaultRoom.Command> room) {
    doors
        .find(1)
        .whenComplete(
            (door, absent) -> {
              if (absent == null) room.tell(new FaultRoom.Door(door, Optional.empty()));
              else findDoorLater(system, doors, room);
            });
  }

  private static void findDoorLater(
      ActorSystem<?> system, SelectedFrontDoors doors, ActorRef<FaultRoom.Command> room) {
    system
        .scheduler()
        .scheduleOnce(
            DOOR_PATIENCE, () -> findDoor(system, doors, room), system.executionContext());
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
