package io.ordinal.agent.boot;

import com.typesafe.config.Config;
import io.ordinal.agent.drill.DrillSettings;
import io.ordinal.agent.drill.FaultRoom;
import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.Deadline;
import io.ordinal.agent.driver.catalogue.ImageCatalogue;
import io.ordinal.agent.driver.process.DeadlineFile;
import io.ordinal.agent.driver.process.ProcessDriver;
import io.ordinal.agent.driver.process.ProcessSettings;
import io.ordinal.agent.driver.process.ProcessUsage;
import io.ordinal.agent.driver.process.UsageSettings;
import io.ordinal.agent.exec.StreamSettings;
import io.ordinal.agent.exec.Streams;
import io.ordinal.agent.host.DoorAddresses;
import io.ordinal.agent.host.HeldLease;
import io.ordinal.agent.host.HostPorts;
import io.ordinal.agent.host.MachineInventory;
import io.ordinal.agent.host.NodeAgent;
import io.ordinal.agent.host.Rested;
import io.ordinal.agent.host.SelectedFrontDoors;
import io.ordinal.agent.host.UpTime;
import io.ordinal.agent.network.AddressBook;
import io.ordinal.agent.network.Addresses;
import io.ordinal.agent.network.NetworkSettings;
import io.ordinal.agent.probe.NetworkProber;
import io.ordinal.agent.state.DirectoryState;
import io.ordinal.agent.state.wire.ProtobufStateCodec;
import io.ordinal.agent.volume.NodeVolumes;
import io.ordinal.agent.volume.VolumeSettings;
import io.ordinal.agent.volume.Volumes;
import io.ordinal.agent.watchdog.Feeder;
import io.ordinal.agent.watchdog.WatchdogSettings;
import io.ordinal.agent.watchdog.Wellness;
import io.ordinal.agent.workload.WorkloadPorts;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.MachineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of this machine. What is opened here outlives actor systems: a member that makes a new
 * one starts the same agent in it again. Closing lets go of the directory and leaves workloads
 * running: kept ones for good, fenced ones until the lease runs out, by their launchers.
 */
public final class Agent implements AutoCloseable {
  /** Spread of the pauses between restarts; one agent a machine needs none. */
  private static final double NO_SPREAD = 0.0;

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(1);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(3);
  private static final Rested NOBODY_TO_ASK = new Rested(true, false, List.of(), Optional.empty());

  private final AgentSettings settings;
  private final Parts parts;
  private volatile Optional<HeldLease> present = Optional.empty();
  private volatile Function<Duration, CompletionStage<Rested>> resting =
      patience -> CompletableFuture.completedStage(NOBODY_TO_ASK);

  private Agent(AgentSettings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  /** What stands behind the ports of one agent. */
  private record Parts(
      DirectoryState state,
      ProcessDriver driver,
      Deadline deadline,
      Volumes volumes,
      Addresses addresses,
      UpTime upTime,
      Optional<MachineId> machine,
      NodeInventory inventory,
      Faults faults,
      ProcessUsage usage,
      OpenStreams streams,
      Wellness wellness,
      Optional<Feeder> feeder,
      AgentThreads threads) {}

  /**
   * Opens the directory and finds out what the machine can do. Blocks.
   *
   * @throws java.io.UncheckedIOException when another agent has the directory
   */
  public static Agent open(AgentPlace place, Config config) throws IOException {
    AgentSettings settings = AgentSettings.from(config);
    Path root = Files.createDirectories(place.directory().toAbsolutePath());
    Optional<MachineId> machine = MachineIdentity.find(settings.machine());
    DirectoryState state =
        DirectoryState.open(
            root.resolve("state"),
            machine,
            new ProtobufStateCodec(),
            settings.stateWriters(),
            UUID::randomUUID);
    AgentThreads threads = AgentThreads.begin(settings.stateWriters());
    BootClock clock = BootClock.ofMachine();
    InstantSource steady = new SteadyClock(InstantSource.system(), System::nanoTime);
    DeadlineFile deadline = new DeadlineFile(root.resolve("deadline"), clock);
    ProcessDriver driver =
        ProcessDriver.open(
            root.resolve("driver"),
            new ImageCatalogue(place.images(), place.imageValues()),
            deadline,
            ProcessSettings.from(config),
            InstantSource.system());
    NetworkSettings network = NetworkSettings.from(config);
    Addresses addresses =
        new AddressBook(root.resolve("addresses.json"), network, threads.blocking());
    Faults faults =
        Faults.open(root, settings.host().node().value(), network.nodeAddress(), config);
    NodeInventory inventory =
        MachineInventory.read(
            settings.host().node(),
            network.nodeAddress(),
            settings.pods(),
            root,
            driver,
            faults.allowed());
    Wellness wellness = new Wellness(clock::now);
    Parts parts =
        new Parts(
            state,
            driver,
            deadline,
            new NodeVolumes(
                root,
                VolumeSettings.from(config),
                threads.blocking(),
                threads.waiting(),
                steady,
                UUID::randomUUID),
            addresses,
            new MachineUpTime(clock),
            machine,
            inventory,
            faults,
            usage(root, config),
            new OpenStreams(driver, StreamSettings.from(config), threads.streams()),
            wellness,
            Feeder.start(watchdog(config), wellness),
            threads);
    return new Agent(settings, parts);
  }

  /**
   * Reads every setting of an agent, and of faults on purpose, and opens nothing.
   *
   * @throws RuntimeException when one is wrong; the message names it
   */
  public static void check(Config config) {
    AgentSettings.from(config);
    ProcessSettings.from(config);
    NetworkSettings.from(config);
    VolumeSettings.from(config);
    WatchdogSettings.from(config);
    UsageSettings.from(config);
    DrillSettings.from(config);
    StreamSettings.from(config);
  }

  /**
   * Whether this process is one that feeds the configured watchdog.
   *
   * @throws IllegalArgumentException when it is not; the message says why
   */
  public static void checkWatchdog(Config config) {
    watchdog(config);
  }

  private static ProcessUsage usage(Path root, Config config) {
    return new ProcessUsage(
        root.resolve("driver"),
        InstantSource.system(),
        System::nanoTime,
        UsageSettings.from(config));
  }

  private static WatchdogSettings watchdog(Config config) {
    return WatchdogSettings.from(config).under(System.getenv());
  }

  /**
   * Starts the agent as a child named {@code agent}, which looks for front doors where {@code
   * ordinal.agent.host.front-doors} says.
   */
  public ActorRef<NodeAgent.Command> start(ActorContext<?> context) {
    List<String> configured = settings.host().frontDoors();
    List<String> doors = configured.isEmpty() ? List.of(DoorAddresses.HERE) : configured;
    return start(context, () -> CompletableFuture.completedStage(doors));
  }

  /** As above, with front doors that are looked up anew at each attempt. */
  public ActorRef<NodeAgent.Command> start(ActorContext<?> context, DoorAddresses doors) {
    ActorRef<FaultRoom.Command> room = parts.faults().take(context);
    Streams streams = parts.streams().take(context);
    ActorRef<NodeAgent.Command> agent =
        context.spawn(behavior(context.getSystem(), doors, room, streams), "agent");
    resting = patience -> rest(context.getSystem(), agent, patience);
    return agent;
  }

  /**
   * Goes to rest for a planned stop, before the actor system is stopped: asks the controllers to
   * keep the fenced lives of this node while it is away. To be followed by the end of the actor
   * system and {@link #close}. The stage never fails, and completes within {@code
   * ordinal.agent.host.rest-patience}.
   *
   * @return what becomes of the workloads; the log says it too
   */
  public CompletionStage<Rested> rest() {
    return resting.apply(settings.restPatience());
  }

  private static CompletionStage<Rested> rest(
      ActorSystem<?> system, ActorRef<NodeAgent.Command> agent, Duration patience) {
    return AskPattern.<NodeAgent.Command, Rested>ask(
            agent,
            asker -> new NodeAgent.Rest(patience, asker),
            patience.plus(ANSWER_TIME),
            system.scheduler())
        .exceptionally(late -> NOBODY_TO_ASK)
        .thenApply(
            rested -> {
              if (rested.resting()) LOG.info("going to rest: {}", rested.inWords());
              else LOG.warn("going without rest: {}", rested.inWords());
              return rested;
            });
  }

  /** Whether drills may do anything to this member. */
  public boolean allowsDrills() {
    return parts.faults().allowed();
  }

  /** Whether this machine's session is granted a lease at present. */
  public boolean leased() {
    return present.map(HeldLease::holds).orElse(false);
  }

  private Behavior<NodeAgent.Command> behavior(
      ActorSystem<?> system,
      DoorAddresses doors,
      ActorRef<FaultRoom.Command> faults,
      Streams streams) {
    HeldLease lease = new HeldLease(parts.upTime());
    present = Optional.of(lease);
    WorkloadPorts workload =
        new WorkloadPorts(
            settings.host().node(),
            parts.driver(),
            parts.volumes(),
            parts.addresses(),
            new NetworkProber(parts.driver()),
            parts.driver().logReader(),
            streams,
            parts.state(),
            lease,
            new SteadyClock(InstantSource.system(), System::nanoTime),
            settings.lifecycle());
    HostPorts ports =
        new HostPorts(
            workload,
            lease,
            parts.deadline(),
            parts.threads().deadlines(),
            parts.upTime(),
            parts.machine(),
            new SelectedFrontDoors(
                system, doors, settings.host().patience(), settings.host().pause()),
            parts.inventory(),
            faults,
            parts.usage(),
            parts.wellness());
    return Behaviors.supervise(NodeAgent.create(ports, settings.host()))
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                settings.restartPause(), settings.restartPauseMost(), NO_SPREAD));
  }

  /**
   * Waits for work that is under way, but not for long: where some still runs, no other agent can
   * have the directory until that has ended, or this process has.
   */
  @Override
  public void close() throws IOException {
    if (parts.feeder().isPresent()) parts.feeder().get().close();
    parts.faults().close();
    parts.usage().close();
    parts.threads().stop();
    parts.driver().close();
    LastWork.thenRelease(this::awaitLastWork, parts.state()::close, CLOSING_TIME);
  }

  private void awaitLastWork() throws InterruptedException {
    parts.threads().awaitEnd();
    parts.driver().awaitEnd();
  }

  private record MachineUpTime(BootClock clock) implements UpTime {
    @Override
    public String bootId() {
      return clock.bootId();
    }

    @Override
    public Duration now() {
      return clock.now();
    }
  }
}
