package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.hello;
import static io.ordinal.controller.node.NodeFixtures.standing;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An agent in an actor system of its own, outside of the cluster, over Artery on loopback. */
class RemoteAgentTest {
  private static final Config REMOTE =
      ConfigFactory.parseString(
          """
          pekko.actor.provider = remote
          pekko.actor.allow-java-serialization = off
          pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
          pekko.remote.artery.advanced.stop-quarantined-after-idle = 1s
          pekko.loglevel = DEBUG
          """);
  private static final ActorTestKit CONTROLLER = ActorTestKit.create("controller", REMOTE);
  private static final ActorTestKit NODE =
      ActorTestKit.create(
          "node",
          ConfigFactory.parseString("pekko.remote.artery.untrusted-mode = on")
              .withFallback(REMOTE));
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Logger LINES =
      (Logger) LoggerFactory.getLogger("org.apache.pekko.remote.artery.Association");

  @AfterAll
  static void shutDown() {
    NODE.shutdownTestKit();
    CONTROLLER.shutdownTestKit();
  }

  @Test
  void an_agent_outside_of_the_cluster_registers_renews_and_is_reached() throws Exception {
    InMemoryObjectStore store = new InMemoryObjectStore();
    NodeSettings settings = NodeFixtures.settings("");
    ActorRef<FrontDoorRequest> door = door(store, new FakeLives(), Admission.EVERYBODY);
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

  @Test
  void a_node_that_was_started_anew_is_reached_by_a_controller_that_it_did_not_speak_to() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    AgentRoutes routes = new AgentRoutes(CONTROLLER.system(), store, NodeFixtures.settings(""));
    ActorTestKit other = ActorTestKit.create("controller", REMOTE);
    AgentCommand.Start start =
        new AgentCommand.Start(new ReplicaId("default", "web-0"), new Incarnation(7));
    ActorTestKit before = node(0);
    int port = Adapter.toClassic(before.system()).provider().getDefaultAddress().getPort().get();
    TestProbe<AgentCommand> first = before.createTestProbe();
    reach(routes, registered(store, other, before, first), start, first);
    Level usual = LINES.getLevel();
    LINES.setLevel(Level.DEBUG);
    LoggingTestKit.debug("was quarantined and stopped")
        .withLoggerName(LINES.getName())
        .withOccurrences(4) // Of two controllers, for control messages and for others.
        .expect(
            CONTROLLER.system(),
            () -> {
              before.shutdownTestKit();
              return true;
            });
    LINES.setLevel(usual);

    ActorTestKit after = node(port);
    TestProbe<AgentCommand> second = after.createTestProbe();
    reach(routes, registered(store, other, after, second), start, second);
    after.shutdownTestKit();
    other.shutdownTestKit();
  }

  private static ActorTestKit node(int port) {
    return ActorTestKit.create(
        "node",
        ConfigFactory.parseString(
                "pekko.remote.artery { untrusted-mode = on, canonical.port = " + port + " }")
            .withFallback(REMOTE));
  }

  private static Session registered(
      InMemoryObjectStore store, ActorTestKit by, ActorTestKit node, TestProbe<AgentCommand> as) {
    ActorRef<FrontDoorRequest> door = door(store, new FakeLives(), Admission.EVERYBODY, by, node);
    return Awaitility.await()
        .atMost(PATIENT)
        .ignoreExceptionsMatching(AssertionError.class::isInstance)
        .until(
            () -> {
              door.tell(hello(STATE, "boot-1", null, as.getRef())); // As agents do.
              return as.expectMessageClass(AgentCommand.Welcome.class, AGAIN).session();
            },
            Objects::nonNull);
  }

  /** A word may be lost while two systems find each other: replicas say it until it is heard. */
  private static void reach(
      AgentRoutes routes,
      Session session,
      AgentCommand.Start start,
      TestProbe<AgentCommand> agent) {
    Awaitility.await()
        .atMost(PATIENT)
        .untilAsserted(
            () -> {
              routes.tell(session, start);
              agent.expectMessage(AGAIN, start);
            });
  }

  @Test
  void a_node_takes_no_message_that_could_harm_it_and_none_to_a_chosen_actor() {
    TestProbe<AgentCommand> agent = NODE.createTestProbe();
    ActorRefResolver there = ActorRefResolver.get(CONTROLLER.system());
    String path = ActorRefResolver.get(NODE.system()).toSerializationFormat(agent.getRef());
    ActorRef<AgentCommand> remote = there.resolveActorRef(path);
    AgentCommand word = new AgentCommand.NotNow("a word");

    Adapter.toClassic(CONTROLLER.system())
        .actorSelection(path.substring(0, path.indexOf('#')))
        .tell(new AgentCommand.NotNow("by its name"), null);
    Adapter.toClassic(remote).tell(PoisonPill.getInstance(), null);
    remote.tell(word);

    assertThat(agent.receiveMessage(PATIENT)).isEqualTo(word);
  }

  @Test
  void nobody_is_believed_who_speaks_for_the_node_of_another_machine() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    FakeLives lives = new FakeLives();
    Set<String> owners = new CopyOnWriteArraySet<>(Set.of("127.0.0.1"));
    ActorRef<FrontDoorRequest> door =
        door(
            store,
            lives,
            (node, host) ->
                CompletableFuture.completedStage(
                    owners.contains(host) ? Optional.empty() : Optional.of(host + " is not it")));
    TestProbe<AgentCommand> agent = NODE.createTestProbe();
    door.tell(hello(STATE, "boot-1", null, agent.getRef()));
    Session session = agent.expectMessageClass(AgentCommand.Welcome.class, PATIENT).session();

    owners.clear();
    ReplicaId replica = new ReplicaId("default", "web-0");
    door.tell(new FrontDoorRequest.Renew(session, 1, agent.getRef()));
    door.tell(new FrontDoorRequest.Rest(session, 2, agent.getRef()));
    door.tell(new FrontDoorRequest.Armed(session, 2, agent.getRef()));
    door.tell(new FrontDoorRequest.Report(session, ended(replica), agent.getRef()));
    door.tell(new FrontDoorRequest.Confirm(session, replica, new Incarnation(7), agent.getRef()));
    door.tell(hello(STATE, "boot-1", session, agent.getRef()));

    assertThat(agent.expectMessageClass(AgentCommand.NotNow.class, PATIENT).reason())
        .isEqualTo("127.0.0.1 is not it");
    assertThat(lives.told).isEmpty();
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
  }

  private static LifeStatus ended(ReplicaId replica) {
    return new LifeStatus(
        replica,
        new Incarnation(7),
        1,
        LifeStatus.Phase.ENDED,
        false,
        Optional.empty(),
        Optional.of(NOW),
        List.of(),
        List.of(),
        "",
        "",
        false);
  }

  private static ActorRef<FrontDoorRequest> door(
      InMemoryObjectStore store, FakeLives lives, Admission admission) {
    return door(store, lives, admission, CONTROLLER, NODE);
  }

  /** As the node sees it. */
  private static ActorRef<FrontDoorRequest> door(
      InMemoryObjectStore store,
      FakeLives lives,
      Admission admission,
      ActorTestKit controller,
      ActorTestKit node) {
    ActorRef<FrontDoorRequest> local =
        controller.spawn(
            FrontDoor.create(
                store,
                lives,
                new Hearers((whose, volume, obstacle) -> {}, report -> {}),
                admission,
                note -> {},
                new FrontDoor.Origins(() -> NOW, () -> new UUID(0, 5)),
                NodeFixtures.settings("")));
    String address = ActorRefResolver.get(controller.system()).toSerializationFormat(local);
    return ActorRefResolver.get(node.system()).resolveActorRef(address);
  }
}
