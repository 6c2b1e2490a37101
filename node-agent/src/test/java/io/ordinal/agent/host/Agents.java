package io.ordinal.agent.host;

import io.ordinal.agent.driver.Deadline;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.lifecycle.BackOff;
import io.ordinal.agent.lifecycle.LifecycleSettings;
import io.ordinal.agent.network.Addresses;
import io.ordinal.agent.probe.Prober;
import io.ordinal.agent.volume.Aging;
import io.ordinal.agent.volume.Volumes;
import io.ordinal.agent.watchdog.Wellness;
import io.ordinal.agent.workload.WorkloadPorts;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.agent.ProbeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/** Agents on a fake machine, talking to fake controllers. */
final class Agents {
  static final HostSettings HOST =
      new HostSettings(
          new NodeName("here"),
          List.of(),
          Duration.ofMillis(30),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(300),
          Duration.ofMillis(20),
          Duration.ofMillis(40),
          Duration.ofMillis(200),
          Duration.ofMillis(20),
          Duration.ofMinutes(5),
          Duration.ofMillis(300),
          Duration.ofMillis(100));

  private static final LifecycleSettings LIFECYCLE =
      new LifecycleSettings(
          new BackOff(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMinutes(10)),
          new BackOff(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofMinutes(10)),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofMillis(50));

  private final ActorTestKit kit;
  private final FakeMachine machine;
  private final ActorRef<FrontDoorRequest> door;

  Agents(ActorTestKit kit, FakeMachine machine, FakeControllers controllers) {
    this.kit = kit;
    this.machine = machine;
    this.door = kit.spawn(controllers.frontDoor());
  }

  ActorRef<NodeAgent.Command> start(FakeMachine.Powers powers) {
    InstantSource clock = InstantSource.system();
    return start(kit, machine, powers, new OneDoor(door), new MonotonicUpTime(), clock, HOST);
  }

  static ActorRef<NodeAgent.Command> start(
      ActorTestKit kit,
      FakeMachine machine,
      FakeMachine.Powers powers,
      FrontDoors doors,
      UpTime upTime,
      InstantSource clock,
      HostSettings settings) {
    HeldLease lease = new HeldLease(upTime);
    WorkloadPorts workload =
        new WorkloadPorts(
            settings.node(),
            powers,
            new NoVolumes(),
            new OneAddress(),
            new GoodHealth(),
            (run, piece) -> new CompletableFuture<>(),
            (target, replyTo) -> {},
            powers,
            lease,
            clock,
            LIFECYCLE);
    HostPorts ports =
        new HostPorts(
            workload,
            lease,
            new MachineDeadline(machine, powers),
            powers.blocking(),
            upTime,
            Optional.of(new MachineId("here")),
            doors,
            new NodeInventory("127.0.0.1", Map.of(), Map.of(), Map.of()),
            kit.system().ignoreRef(),
            CompletableFuture::new,
            new Wellness(upTime::now));
    return kit.spawn(NodeAgent.create(ports, settings));
  }

  private record OneDoor(ActorRef<FrontDoorRequest> door) implements FrontDoors {
    @Override
    public CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt) {
      return CompletableFuture.completedFuture(door);
    }

    @Override
    public void findOthers(
        ActorRef<FrontDoorRequest> known, Consumer<ActorRef<FrontDoorRequest>> found) {}
  }

  static final class MonotonicUpTime implements UpTime {
    @Override
    public String bootId() {
      return "boot";
    }

    @Override
    public Duration now() {
      return Duration.ofNanos(System.nanoTime());
    }
  }

  private record MachineDeadline(FakeMachine machine, FakeMachine.Powers powers)
      implements Deadline {
    @Override
    public void moveTo(Duration sinceBoot) {
      if (!powers.dead()) machine.moveDeadline(sinceBoot);
    }

    @Override
    public Optional<Duration> current() {
      return machine.deadline();
    }
  }

  private static final class NoVolumes implements Volumes {
    @Override
    public CompletionStage<List<Aging>> aging() {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Void> refresh(
        ReplicaId replica, Incarnation incarnation, List<VolumeOrder.Files> volumes) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Map<String, List<LaunchSpec.Mount>>> prepare(
        LifeOrder order, Consumer<AgentEvent> people) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<Void> release(LifeOrder order) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> leave(LifeOrder order) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(String volume, String path) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private static final class OneAddress implements Addresses {
    @Override
    public CompletionStage<String> addressOf(LifeOrder order) {
      return CompletableFuture.completedFuture("127.64.0.1");
    }

    @Override
    public CompletionStage<Void> release(LifeOrder order) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public String nodeAddress() {
      return "127.0.0.1";
    }
  }

  private static final class GoodHealth implements Prober {
    @Override
    public CompletionStage<Answer> ask(ProbeOrder.Check check, Target target, Duration timeout) {
      return CompletableFuture.completedFuture(new Answer(true, ""));
    }
  }
}
