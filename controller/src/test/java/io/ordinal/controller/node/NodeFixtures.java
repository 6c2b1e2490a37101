package io.ordinal.controller.node;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Nodes as tests need them. */
final class NodeFixtures {
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(6);
  static final NodeName ALPHA = new NodeName("alpha");
  static final UUID STATE = new UUID(1, 1);
  static final UUID OTHER_STATE = new UUID(2, 2);
  static final MachineId MACHINE = new MachineId("one");
  static final MachineId OTHER_MACHINE = new MachineId("other");

  private NodeFixtures() {}

  /**
   * @param overrides lines of {@code ordinal.nodes}, as in the file
   */
  static NodeSettings settings(String overrides) {
    return NodeSettings.of(
        ConfigFactory.parseString(overrides)
            .withFallback(ConfigFactory.defaultReference().getConfig("ordinal.nodes")));
  }

  static NodeInventory inventory() {
    return new NodeInventory(
        "127.0.0.1",
        Map.of("cpu", "2", "memory", "4Gi", "pods", "110"),
        Map.of("rack", "r1"),
        Map.of(
            "operatingSystem", "linux",
            "architecture", "amd64",
            "kernelVersion", "6.1.0",
            "mountNamespaces", "true",
            "cgroup", "v2"));
  }

  /** What a registration would do now. */
  static RegistrationTransaction.Plan registration(ObjectStore store, Hello hello) {
    return read(
        store,
        view -> new RegistrationTransaction(view, hello, LEASE, "agent", "uid-1", NOW).plan());
  }

  static Hello hello(UUID state, String boot, Session previous, ActorRef<AgentCommand> agent) {
    return introduction(MACHINE, state, boot, previous, null, agent);
  }

  /** Of an agent that vouches for a session. */
  static Hello vouching(UUID state, String boot, Session ended, ActorRef<AgentCommand> agent) {
    return introduction(MACHINE, state, boot, null, ended, agent);
  }

  /**
   * @param machine null when it cannot be told, as the sessions may be
   */
  static Hello introduction(
      MachineId machine,
      UUID state,
      String boot,
      Session previous,
      Session ended,
      ActorRef<AgentCommand> agent) {
    return new Hello(
        ALPHA,
        state,
        boot,
        Optional.ofNullable(machine),
        Optional.ofNullable(previous),
        Optional.ofNullable(ended),
        false,
        inventory(),
        List.of(),
        agent);
  }

  /** As another one, but of this node. */
  static Hello named(Hello hello, String node) {
    return new Hello(
        new NodeName(node),
        hello.stateUuid(),
        hello.bootId(),
        hello.machine(),
        hello.previous(),
        hello.ended(),
        hello.lifted(),
        hello.inventory(),
        hello.lives(),
        hello.agent());
  }

  /** As another one, but with these lives, and with a deadline that is lifted or not. */
  static Hello with(Hello hello, boolean lifted, List<LifeStatus> lives) {
    return new Hello(
        hello.node(),
        hello.stateUuid(),
        hello.bootId(),
        hello.machine(),
        hello.previous(),
        hello.ended(),
        lifted,
        hello.inventory(),
        lives,
        hello.agent());
  }

  static <T> T read(ObjectStore store, Function<View, T> query) {
    return store.read(Freshness.LINEARIZABLE, query).toCompletableFuture().join();
  }

  static NodeStanding standing(ObjectStore store, Session session) {
    return read(store, view -> Sessions.standing(view, session)).orElseThrow();
  }

  static ApiObject node(ObjectStore store) {
    return read(store, view -> view.get(Sessions.nodeKey(ALPHA)).map(ApiObject::of)).orElseThrow();
  }
}
