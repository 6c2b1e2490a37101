package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.hello;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What agents say without waiting for an answer. */
class FrontDoorNewsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ReplicaId WEB_0 = new ReplicaId("default", "web-0");
  private static final Incarnation SEVEN = new Incarnation(7);

  private final List<EventNote> events = new CopyOnWriteArrayList<>();
  private final List<String> volumes = new CopyOnWriteArrayList<>();
  private final List<FrontDoorRequest.Injected> drills = new CopyOnWriteArrayList<>();
  private final FakeLives lives = new FakeLives();
  private final TestProbe<AgentCommand> agent = KIT.createTestProbe();
  private final ActorRef<FrontDoorRequest> door =
      KIT.spawn(
          FrontDoor.create(
              new InMemoryObjectStore(),
              lives,
              new Hearers(
                  (node, volume, obstacle) ->
                      volumes.add(node + " " + volume + obstacle.orElse("")),
                  drills::add),
              Admission.EVERYBODY,
              events::add,
              new FrontDoor.Origins(() -> NOW, () -> new UUID(0, 5)),
              NodeFixtures.settings("renewal-tick = 10ms")));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private Session register() {
    door.tell(hello(STATE, "boot-1", null, agent.getRef()));
    return agent.expectMessageClass(AgentCommand.Welcome.class).session();
  }

  @Test
  void what_happened_to_a_life_becomes_an_event_about_its_pod() {
    Session session = register();
    door.tell(
        new FrontDoorRequest.Happened(
            session, WEB_0, SEVEN, "uid-1", new AgentEvent(true, "Unhealthy", "probe", "db")));
    await().until(() -> events.stream().anyMatch(note -> note.reason().equals("Unhealthy")));
    EventNote note =
        events.stream().filter(each -> each.reason().equals("Unhealthy")).findFirst().get();
    assertThat(note.about())
        .isEqualTo(
            new EventNote.About("v1", "Pod", "default", "web-0", "uid-1", "spec.containers{db}"));
    assertThat(note.host()).isEqualTo("alpha");
  }

  @Test
  void a_word_on_a_volume_goes_to_whoever_reclaims_it_with_the_node_s_name() {
    Session session = register();
    door.tell(new FrontDoorRequest.VolumeRemoved(session, "pvc-1", Optional.of(" busy")));
    await().until(() -> volumes.contains("alpha pvc-1 busy"));
  }

  @Test
  void a_word_on_a_fault_goes_to_whoever_watches_drills() {
    Session session = register();
    FrontDoorRequest.Injected own = injected("alpha", Optional.empty());
    FrontDoorRequest.Injected told = injected("alpha", Optional.of(session));
    door.tell(own);
    door.tell(told);
    await().until(() -> drills.containsAll(List.of(own, told)));
  }

  @Test
  void an_order_that_fails_by_a_fault_is_told_to_operators() {
    Session session = register();
    lives.confirmation = CompletableFuture.failedFuture(new NullPointerException("a fault"));
    LoggingTestKit.warn("default/web-0 cannot be given to its node")
        .withCause(NullPointerException.class)
        .expect(
            KIT.system(),
            () -> {
              door.tell(new FrontDoorRequest.Confirm(session, WEB_0, SEVEN, agent.getRef()));
              return true;
            });
  }

  private static FrontDoorRequest.Injected injected(String member, Optional<Session> session) {
    return new FrontDoorRequest.Injected(
        member, "drill-1", FrontDoorRequest.Injected.State.ACTIVE, "frozen", NOW, session);
  }

  @Test
  void who_does_not_know_a_node_s_session_is_not_heard_in_its_name() {
    Session session = register();
    Session guessed =
        new Session(session.node(), new UUID(6, 6), session.bootId(), session.number());
    AgentEvent lie = new AgentEvent(true, "Lie", "", "");
    door.tell(new FrontDoorRequest.Happened(guessed, WEB_0, SEVEN, "uid-1", lie));
    door.tell(new FrontDoorRequest.VolumeRemoved(guessed, "pvc-lie", Optional.empty()));
    door.tell(injected("alpha", Optional.of(guessed)));
    door.tell(injected("beta", Optional.of(session)));

    AgentEvent truth = new AgentEvent(true, "Truth", "", "");
    door.tell(new FrontDoorRequest.Happened(session, WEB_0, SEVEN, "uid-1", truth));
    door.tell(new FrontDoorRequest.VolumeRemoved(session, "pvc-1", Optional.empty()));
    FrontDoorRequest.Injected own = injected("alpha", Optional.of(session));
    door.tell(own);
    // The store answers at once: what was said before is decided when this is heard.
    await().until(() -> drills.contains(own));
    await().until(() -> events.stream().anyMatch(note -> note.reason().equals("Truth")));
    await().until(() -> volumes.contains("alpha pvc-1"));
    assertThat(volumes).containsExactly("alpha pvc-1");
    assertThat(events).noneMatch(note -> note.reason().equals("Lie"));
    assertThat(drills).containsExactly(own);
  }
}
