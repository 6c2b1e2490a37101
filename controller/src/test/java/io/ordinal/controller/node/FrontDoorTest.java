package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.OTHER_MACHINE;
import static io.ordinal.controller.node.NodeFixtures.OTHER_STATE;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.hello;
import static io.ordinal.controller.node.NodeFixtures.introduction;
import static io.ordinal.controller.node.NodeFixtures.node;
import static io.ordinal.controller.node.NodeFixtures.read;
import static io.ordinal.controller.node.NodeFixtures.standing;
import static io.ordinal.controller.node.NodeFixtures.vouching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FrontDoorTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ReplicaId WEB_0 = new ReplicaId("default", "web-0");
  private static final Incarnation SEVEN = new Incarnation(7);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private volatile Instant now = NOW;
  private final FakeLives lives = new FakeLives();
  private final List<EventNote> events = new CopyOnWriteArrayList<>();
  private final NodeSettings settings = NodeFixtures.settings("renewal-tick = 10ms");
  private final TestProbe<AgentCommand> agent = KIT.createTestProbe();
  private final ActorRef<FrontDoorRequest> door = spawnDoor();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void every_request_has_a_handler() {
    List<String> handlers =
        Arrays.stream(FrontDoor.class.getDeclaredMethods()).map(each -> each.getName()).toList();
    for (Class<?> request : FrontDoorRequest.class.getPermittedSubclasses()) {
      assertThat(handlers).contains("on" + request.getSimpleName());
    }
  }

  @Test
  void a_new_node_is_welcomed_as_a_session_of_the_log_with_a_node_object() {
    Session session = register(STATE, "boot-1", null);

    assertThat(session.node()).isEqualTo(ALPHA);
    assertThat(session.number()).isPositive();
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    assertThat(standing(store, session).schedulable()).isTrue();
    assertThat(standing(store, session).labels()).containsEntry("rack", "r1");
    assertThat(NodeConditions.ready(node(store))).isEqualTo("True");
    assertThat(store.committed()).as("one transaction").hasSize(1);
  }

  @Test
  void a_restarted_agent_goes_on_with_its_session_and_is_reached_anew() {
    Session session = register(STATE, "boot-1", null);
    grant(session, 1);
    TestProbe<AgentCommand> restarted = KIT.createTestProbe();

    door.tell(hello(STATE, "boot-1", session, restarted.getRef()));

    assertThat(restarted.expectMessageClass(AgentCommand.Welcome.class).session())
        .isEqualTo(session);
    new AgentRoutes(KIT.system(), store, settings)
        .tell(session, new AgentCommand.Start(WEB_0, SEVEN));
    restarted.expectMessage(new AgentCommand.Start(WEB_0, SEVEN));
  }

  @Test
  void an_agent_whose_session_goes_on_unchanged_costs_no_write() {
    Session session = register(STATE, "boot-1", null);
    grant(session, 1);
    int before = store.committed().size();

    assertThat(register(STATE, "boot-1", session)).isEqualTo(session);

    assertThat(store.committed()).hasSize(before);
  }

  @Test
  void a_lapsed_agent_closes_the_session_of_its_state_directory_and_begins_another() {
    Session first = register(STATE, "boot-1", null);
    grant(first, 1);

    door.tell(vouching(STATE, "boot-1", first, agent.getRef()));
    Session second = agent.expectMessageClass(AgentCommand.Welcome.class).session();

    assertThat(second.number()).isGreaterThan(first.number());
    assertThat(standing(store, first).standing()).isEqualTo(Standing.CLOSED);
    assertThat(read(store, Sessions::current))
        .singleElement()
        .satisfies(current -> assertThat(current.session()).isEqualTo(second));
    assertThat(lives.standingsChanged).contains(first);
  }

  @Test
  void a_word_that_is_handled_late_does_not_close_the_session_that_began_since() {
    Session first = register(STATE, "boot-1", null);
    grant(first, 1);
    FrontDoorRequest.Hello late = vouching(STATE, "boot-1", first, agent.getRef());
    door.tell(late);
    Session second = agent.expectMessageClass(AgentCommand.Welcome.class).session();
    grant(second, 2);

    door.tell(late);

    agent.expectMessageClass(AgentCommand.NotNow.class);
    assertThat(standing(store, second).standing()).isEqualTo(Standing.READY);
    assertThat(read(store, Sessions::current))
        .singleElement()
        .satisfies(current -> assertThat(current.session()).isEqualTo(second));
  }

  @Test
  void of_two_machines_with_one_name_the_second_waits_and_people_are_told() {
    Session first = register(STATE, "boot-1", null);
    grant(first, 1);
    TestProbe<AgentCommand> second = KIT.createTestProbe();
    door.tell(introduction(OTHER_MACHINE, OTHER_STATE, "boot-9", null, null, second.getRef()));

    assertThat(second.expectMessageClass(AgentCommand.NotNow.class).reason())
        .startsWith("two machines claim the name alpha: ");
    assertThat(standing(store, first).standing()).isEqualTo(Standing.READY);
    await()
        .until(
            () ->
                events.stream()
                    .anyMatch(
                        note ->
                            note.warning()
                                && note.about().equals(NodeEvents.about(ALPHA))
                                && note.message().startsWith("two machines claim")));
  }

  @Test
  void a_rebooted_machine_begins_another_session() {
    Session first = register(STATE, "boot-1", null);
    grant(first, 1);

    Session second = register(STATE, "boot-2", first);

    assertThat(second.number()).isGreaterThan(first.number());
    assertThat(standing(store, first).standing()).isEqualTo(Standing.CLOSED);
  }

  @Test
  void a_lost_welcome_does_not_cost_a_session() {
    Session first = register(STATE, "boot-1", null);
    assertThat(register(STATE, "boot-1", null)).isEqualTo(first);
  }

  @Test
  void a_second_machine_of_the_same_name_waits_until_the_first_is_fenced() {
    Session first = register(STATE, "boot-1", null);
    TestProbe<AgentCommand> second = KIT.createTestProbe();

    door.tell(hello(OTHER_STATE, "boot-9", null, second.getRef()));
    assertThat(second.expectMessageClass(AgentCommand.NotNow.class).reason())
        .contains("alpha", STATE.toString(), "another");
    assertThat(standing(store, first).standing()).isEqualTo(Standing.READY);

    fence(first);
    door.tell(hello(OTHER_STATE, "boot-9", null, second.getRef()));
    Session successor = second.expectMessageClass(AgentCommand.Welcome.class).session();
    assertThat(successor.number()).isGreaterThan(first.number());
    assertThat(standing(store, first).standing()).isEqualTo(Standing.FENCED);
  }

  @Test
  void people_are_told_once_why_a_node_waits_however_often_it_asks() {
    register(STATE, "boot-1", null);
    TestProbe<AgentCommand> second = KIT.createTestProbe();
    for (int ask = 0; ask < 5; ask++) {
      door.tell(hello(OTHER_STATE, "boot-9", null, second.getRef()));
      second.expectMessageClass(AgentCommand.NotNow.class);
    }
    assertThat(events).filteredOn(note -> note.reason().equals("RegistrationRefused")).hasSize(1);
    now = NOW.plus(settings.refusalRepeat());
    for (int ask = 0; ask < 5; ask++) {
      door.tell(hello(OTHER_STATE, "boot-9", null, second.getRef()));
      second.expectMessageClass(AgentCommand.NotNow.class);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(events)
                    .as("told again after a while")
                    .filteredOn(note -> note.reason().equals("RegistrationRefused"))
                    .hasSize(2));
  }

  @Test
  void a_registration_is_decided_again_when_the_store_moved() {
    store.refuseNext();
    Session session = register(STATE, "boot-1", null);
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
  }

  @Test
  void nodes_that_register_at_once_are_all_let_in() {
    store.hold(); // All are decided on the same state.
    List<TestProbe<AgentCommand>> agents = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      TestProbe<AgentCommand> other = KIT.createTestProbe();
      Hello bare = hello(new UUID(8, number), "boot-1", null, other.getRef());
      door.tell(NodeFixtures.named(bare, "node-" + number));
      agents.add(other);
    }
    await().until(() -> store.waiting() == 20);
    store.release();
    Set<Long> numbers = new HashSet<>();
    for (TestProbe<AgentCommand> each : agents) {
      numbers.add(each.expectMessageClass(AgentCommand.Welcome.class).session().number());
    }
    assertThat(numbers).hasSize(20);
  }

  @Test
  void without_the_store_nobody_is_welcomed() {
    store.failReads(new StoreUnavailable("no majority", null));
    door.tell(hello(STATE, "boot-1", null, agent.getRef()));
    assertThat(agent.expectMessageClass(AgentCommand.NotNow.class).reason())
        .contains("no majority");
  }

  @Test
  void a_renewal_is_granted_after_it_is_committed_and_not_before() {
    Session session = register(STATE, "boot-1", null);
    store.hold();
    door.tell(new FrontDoorRequest.Renew(session, 1, agent.getRef()));
    agent.expectNoMessage(Duration.ofMillis(100));

    store.release();

    agent.expectMessage(new AgentCommand.Granted(session, 1));
  }

  @Test
  void a_renewal_makes_no_revision() {
    Session session = register(STATE, "boot-1", null);
    var before = store.revision();
    grant(session, 1);
    assertThat(store.revision()).isEqualTo(before);
  }

  @Test
  void a_fenced_session_is_told_that_it_lapsed() {
    Session session = register(STATE, "boot-1", null);
    fence(session);
    door.tell(new FrontDoorRequest.Renew(session, 1, agent.getRef()));
    agent.expectMessage(new AgentCommand.Lapsed(session));
  }

  @Test
  void a_session_that_the_log_never_had_is_told_that_it_lapsed() {
    Session stranger = new Session(ALPHA, STATE, "boot-1", 99);
    door.tell(new FrontDoorRequest.Renew(stranger, 1, agent.getRef()));
    agent.expectMessage(new AgentCommand.Lapsed(stranger));
  }

  @Test
  void a_session_fenced_between_look_and_commit_is_not_renewed() {
    Session session = register(STATE, "boot-1", null);
    store.beforeNextCommit(() -> fence(session));
    door.tell(new FrontDoorRequest.Renew(session, 1, agent.getRef()));
    agent.expectMessage(new AgentCommand.Lapsed(session));
    boolean leased = read(store, view -> view.record(Sessions.leaseKey(session)).isPresent());
    assertThat(leased).isFalse();
  }

  @Test
  void a_placed_life_is_over_when_the_log_says_nothing_of_it() {
    Session session = register(STATE, "boot-1", null);
    door.tell(new FrontDoorRequest.Confirm(session, WEB_0, SEVEN, agent.getRef()));
    agent.expectMessage(new AgentCommand.Over(WEB_0, SEVEN));
  }

  @Test
  void an_order_that_lacks_something_is_not_answered() {
    Session session = register(STATE, "boot-1", null);
    CompletableFuture<Optional<LifeOrder>> order = new CompletableFuture<>();
    lives.confirmation = order;
    door.tell(new FrontDoorRequest.Confirm(session, WEB_0, SEVEN, agent.getRef()));
    await().until(() -> order.getNumberOfDependents() == 1);
    var lacking = new Lives.OrderIncomplete("configmap \"settings\" not found");
    order.completeExceptionally(new CompletionException(lacking));
    lives.confirmation = CompletableFuture.completedFuture(Optional.empty());
    ReplicaId other = new ReplicaId("default", "web-1");
    door.tell(new FrontDoorRequest.Confirm(session, other, SEVEN, agent.getRef()));
    agent.expectMessage(new AgentCommand.Over(other, SEVEN)); // The first word that it hears.
  }

  @Test
  void a_report_is_noted_only_once_it_is_durable() {
    Session session = register(STATE, "boot-1", null);
    CompletableFuture<Void> durable = new CompletableFuture<>();
    lives.note = durable;
    door.tell(new FrontDoorRequest.Report(session, status(3), agent.getRef()));
    agent.expectNoMessage(Duration.ofMillis(50));

    durable.complete(null);

    agent.expectMessage(new AgentCommand.Noted(WEB_0, SEVEN, 3));
  }

  @Test
  void the_lives_of_an_introduction_reach_their_replicas() {
    FrontDoorRequest.Hello bare = hello(STATE, "boot-1", null, agent.getRef());
    door.tell(NodeFixtures.with(bare, false, List.of(status(4))));
    Session session = agent.expectMessageClass(AgentCommand.Welcome.class).session();
    agent.expectMessage(new AgentCommand.Noted(WEB_0, SEVEN, 4));
    assertThat(lives.told).containsExactly(new FakeLives.Told(session, status(4)));
  }

  private ActorRef<FrontDoorRequest> spawnDoor() {
    return KIT.spawn(
        FrontDoor.create(
            store,
            lives,
            new Hearers((node, volume, obstacle) -> {}, report -> {}),
            Admission.EVERYBODY,
            events::add,
            new FrontDoor.Origins(() -> now, () -> new UUID(0, 5)),
            settings));
  }

  private Session register(UUID state, String boot, Session previous) {
    door.tell(hello(state, boot, previous, agent.getRef()));
    return agent.expectMessageClass(AgentCommand.Welcome.class).session();
  }

  private void grant(Session session, long sequence) {
    door.tell(new FrontDoorRequest.Renew(session, sequence, agent.getRef()));
    agent.expectMessage(new AgentCommand.Granted(session, sequence));
  }

  private void fence(Session session) {
    Sessions.Entry entry = read(store, view -> Sessions.record(view, session)).orElseThrow();
    store.commit(
        Transaction.of(
            new Operation.PutRecord(
                Sessions.key(session),
                SessionCodec.encode(entry.record().fenced()),
                RecordCondition.at(entry.version()))));
  }

  private static LifeStatus status(long version) {
    return new LifeStatus(
        WEB_0,
        SEVEN,
        version,
        LifeStatus.Phase.RUNNING,
        true,
        Optional.of("127.64.0.2"),
        Optional.of(NOW),
        List.of(),
        List.of(),
        "",
        "",
        false);
  }
}
