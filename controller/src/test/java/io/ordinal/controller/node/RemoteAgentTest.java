package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An agent in an actor system of its own, outside of the cluster, over Artery on loopback. */
class RemoteAgentTest {
  private static final Config REMOTE =
      ConfigFactory.parseString(
          """
          pekko.actor.provider = remote
          pekko.actor.allow-java-serialization = off
          pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
          """);
  private static final ActorTestKit CONTROLLER = ActorTestKit.create("controller", REMOTE);
  private static final ActorTestKit NODE = ActorTestKit.create("node", REMOTE);
  private static final Duration PATIENT = Duration.ofSeconds(20);

  @AfterAll
  static void shutDown() {
    NODE.shutdownTestKit();
    CONTROLLER.shutdownTestKit();
  }

  @Test
  void an_agent_outside_of_the_cluster_registers_renews_and_is_reached() throws Exception {
    InMemoryObjectStore store = new InMemoryObjectStore();
    NodeSettings settings = NodeFixtures.settings("");
    ActorRef<FrontDoorRequest> local =
        CONTROLLER.spawn(
            FrontDoor.create(
                store,
                new FakeLives(),
                new Hearers((node, volume, obstacle) -> {}, report -> {}),
                note -> {},
                () -> NOW,
                () -> new UUID(0, 5),
                settings));
    String address = ActorRefResolver.get(CONTROLLER.system()).toSerializationFormat(local);
    ActorRef<FrontDoorRequest> door = ActorRefResolver.get(NODE.system()).resolveActorRef(address);
    TestProbe<AgentCommand> agent = NODE.createTestProbe();

    door.tell(hello(STATE, "boot-1", null, agent.getRef()));
    Session session = agent.expectMessageClass(AgentCommand.Welcome.class, PATIENT).session();

    door.tell(new FrontDoorRequest.Renew(session, 1, agent.getRef()));
    agent.expectMessage(PATIENT, new AgentCommand.Granted(session, 1));

    AgentRoutes routes = new AgentRoutes(CONTROLLER.system(), store, settings);
    ReplicaId replica = new ReplicaId("default", "web-0");
    routes.tell(session, new AgentCommand.Start(replica, new Incarnation(7)));
    agent.expectMessage(PATIENT, new AgentCommand.Start(replica, new Incarnation(7)));

    CompletionStage<LogChunk> log =
        routes.readLog(
            session.node(),
            replyTo ->
                new AgentCommand.ReadLog(
                    replica, "db", false, 0, -1, 1024, Duration.ofSeconds(10), replyTo));
    AgentCommand.ReadLog asked = agent.expectMessageClass(AgentCommand.ReadLog.class, PATIENT);
    asked.replyTo().tell(new LogChunk(new byte[] {7}, 1, true, Optional.empty()));
    assertThat(log.toCompletableFuture().get().lines()).containsExactly(7);
  }
}
