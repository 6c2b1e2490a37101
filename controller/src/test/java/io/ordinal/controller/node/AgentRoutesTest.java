package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.OTHER_STATE;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AgentRoutesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ReplicaId WEB_0 = new ReplicaId("default", "web-0");
  private static final AgentCommand START = new AgentCommand.Start(WEB_0, new Incarnation(7));

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final AgentRoutes routes =
      new AgentRoutes(KIT.system(), store, NodeFixtures.settings("log-answer = 50ms"));
  private final TestProbe<AgentCommand> agent = KIT.createTestProbe();
  private final Session session = register(agent);

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void a_kept_life_of_an_earlier_session_is_reached_through_the_present_one() {
    routes.tell(new Session(ALPHA, STATE, "earlier boot", 0), START);
    agent.expectMessage(START);
  }

  @Test
  void another_machine_of_that_name_hears_nothing_of_the_first_one_s_lives() {
    routes.tell(new Session(ALPHA, OTHER_STATE, "boot", session.number() + 1), START);
    routes.tell(session, new AgentCommand.Lapsed(session));
    agent.expectMessage(new AgentCommand.Lapsed(session));
  }

  @Test
  void a_log_is_asked_of_the_node_s_agent() throws Exception {
    CompletionStage<LogChunk> answer = routes.readLog(ALPHA, AgentRoutesTest::request);
    AgentCommand.ReadLog asked = agent.expectMessageClass(AgentCommand.ReadLog.class);
    LogChunk chunk = new LogChunk(new byte[] {1}, 1, true, Optional.empty());
    asked.replyTo().tell(chunk);
    assertThat(answer.toCompletableFuture().get()).isSameAs(chunk);
  }

  @Test
  void an_agent_that_does_not_answer_is_not_waited_for_beyond_patience() {
    assertThat(routes.readLog(ALPHA, AgentRoutesTest::request).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void the_log_of_an_unknown_node_is_not_available() {
    assertThat(
            routes.readLog(new NodeName("nowhere"), AgentRoutesTest::request).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(StoreUnavailable.class);
  }

  private static AgentCommand.ReadLog request(ActorRef<LogChunk> replyTo) {
    return new AgentCommand.ReadLog(
        WEB_0, "db", false, 0, -1, 1024, Duration.ofMillis(50), replyTo);
  }

  private Session register(TestProbe<AgentCommand> probe) {
    String path = ActorRefResolver.get(KIT.system()).toSerializationFormat(probe.getRef());
    RegistrationTransaction.Plan plan =
        NodeFixtures.read(
            store,
            view ->
                new RegistrationTransaction(
                        view,
                        NodeFixtures.hello(STATE, "boot", null, probe.getRef()),
                        NodeFixtures.LEASE,
                        path,
                        "uid-1",
                        NOW)
                    .plan());
    store.commit(plan.transaction());
    return plan.session().orElseThrow();
  }
}
