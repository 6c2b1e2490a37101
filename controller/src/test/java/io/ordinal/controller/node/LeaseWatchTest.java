package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.node;
import static io.ordinal.controller.node.NodeFixtures.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class LeaseWatchTest {
  private final NodeSettings settings = NodeFixtures.settings("lease = 6s, margin = 2s, late = 3s");
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final FakeLives lives = new FakeLives();
  private final List<EventNote> events = new ArrayList<>();
  private final Session session = register();
  private Duration now = Duration.ofHours(1);
  private final BehaviorTestKit<LeaseWatch.Command> watch = spawnWatch();

  @Test
  void a_session_that_renews_stays_ready_and_costs_no_write_of_its_node() {
    var before = store.revision();
    for (int second = 0; second < 60; second++) {
      renew();
      lookAfter(Duration.ofSeconds(1));
    }
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    assertThat(store.revision()).isEqualTo(before);
  }

  @Test
  void a_silent_session_is_fenced_after_lease_and_margin_and_not_before() {
    renew();
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofMillis(7999));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    lives.standingsChanged.clear(); // They heard that it is late.

    lookAfter(Duration.ofMillis(1));

    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
    assertThat(lives.standingsChanged).containsExactly(session);
  }

  @Test
  void a_session_that_never_renewed_is_fenced_too() {
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(8));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
  }

  @Test
  void a_renewal_that_is_committed_before_the_fence_wins() {
    renew();
    lookAfter(Duration.ZERO);
    store.beforeNextCommit(this::renew);

    lookAfter(Duration.ofSeconds(8));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);

    lookAfter(Duration.ofSeconds(5));
    assertThat(standing(store, session).standing()).as("counts anew").isEqualTo(Standing.READY);
  }

  @Test
  void a_watch_that_starts_anew_waits_longer_instead_of_guessing() {
    renew();
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(7));
    BehaviorTestKit<LeaseWatch.Command> successor = spawnWatch();
    look(successor);
    now = now.plus(Duration.ofSeconds(7));
    look(successor);
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    now = now.plus(Duration.ofSeconds(1));
    look(successor);
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
  }

  @Test
  void the_node_object_says_when_renewals_are_late_and_when_they_are_back() {
    renew();
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(3));
    assertThat(NodeConditions.ready(node(store))).isEqualTo("Unknown");
    assertThat(events).extracting(EventNote::reason).containsExactly("NodeNotReady");

    renew();
    lookAfter(Duration.ofSeconds(1));

    assertThat(NodeConditions.ready(node(store))).isEqualTo("True");
    assertThat(events).extracting(EventNote::reason).containsExactly("NodeNotReady", "NodeReady");
  }

  @Test
  void a_watch_without_news_does_not_take_back_what_another_said() {
    renew();
    lookAfter(Duration.ZERO);
    BehaviorTestKit<LeaseWatch.Command> other = spawnWatch();
    now = now.plus(Duration.ofSeconds(1));
    look(other); // Sees this renewal a second later than the first watch did.
    lookAfter(Duration.ofSeconds(2));
    assertThat(NodeConditions.ready(node(store))).isEqualTo("Unknown");

    look(other);

    assertThat(NodeConditions.ready(node(store))).isEqualTo("Unknown");
  }

  @Test
  void the_node_object_says_that_its_session_is_fenced() {
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(8));
    lookAfter(settings.look());
    assertThat(NodeConditions.ready(node(store))).isEqualTo("False");
    assertThat(events).extracting(EventNote::reason).contains("NodeFenced");
  }

  @Test
  void a_node_object_that_was_deleted_is_left_alone() {
    store.commit(
        Transaction.of(new Operation.Delete(Sessions.nodeKey(NodeFixtures.ALPHA), Condition.ANY)));
    renew();
    lookAfter(Duration.ZERO);
    renew();
    lookAfter(Duration.ofSeconds(1));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    assertThat(standing(store, session).schedulable()).isFalse();
  }

  @Test
  void without_the_store_it_looks_again_later() {
    store.failReads(new StoreUnavailable("no majority", null));
    lookAfter(Duration.ZERO);
    store.recover();
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(8));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
  }

  @Test
  void after_a_fault_of_its_own_it_begins_anew_and_fences_still() {
    lookAfter(Duration.ZERO);
    lives.failNext();
    lookAfter(Duration.ofSeconds(3)); // Tells that the session is late.
    lookAfter(Duration.ofSeconds(6));
    assertThat(standing(store, session).standing()).as("counts anew").isEqualTo(Standing.READY);
    lookAfter(Duration.ofSeconds(8));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
  }

  /** The first is passed over, of the second nothing can be told at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'conditions': [null, {'type': 'Ready', 'status': 'True', 'lastHeartbeatTime': '2000-01-01T00:00:00Z'}]}",
        "'nothing'"
      })
  void one_odd_node_object_keeps_neither_its_node_nor_others_from_being_fenced(String status) {
    Hello other =
        NodeFixtures.introduction(
            NodeFixtures.OTHER_MACHINE, NodeFixtures.OTHER_STATE, "boot", null, null, null);
    Session odd = register(NodeFixtures.named(other, "odd"));
    status(odd, status);
    for (int second = 0; second < 20; second++) {
      renew(odd);
      lookAfter(Duration.ofSeconds(1));
    }
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
    assertThat(standing(store, odd).standing()).isEqualTo(Standing.READY);

    lookAfter(Duration.ofSeconds(8));
    assertThat(standing(store, odd).standing()).isEqualTo(Standing.FENCED);
  }

  private void status(Session of, String status) {
    ObjectKey key = Sessions.nodeKey(of.node());
    ApiObject node = ApiObject.of(NodeFixtures.read(store, view -> view.get(key).orElseThrow()));
    ObjectNode tree = node.copy();
    tree.set("status", Json.tree(status.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    commit(Transaction.of(new Operation.Put(key, new ApiObject(tree).draft(), Condition.ANY)));
  }

  @Test
  void a_fence_that_failed_is_tried_again() {
    lookAfter(Duration.ZERO);
    store.failNext(new StoreUnavailable("no majority", null));
    lookAfter(Duration.ofSeconds(8));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    lookAfter(settings.look());
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
  }

  private BehaviorTestKit<LeaseWatch.Command> spawnWatch() {
    return BehaviorTestKit.create(
        LeaseWatch.create(store, lives, events::add, () -> NOW, () -> now, settings));
  }

  private void lookAfter(Duration pause) {
    now = now.plus(pause);
    look(watch);
  }

  private static void look(BehaviorTestKit<LeaseWatch.Command> watch) {
    watch.expectEffectClass(Effect.TimerScheduled.class).send().apply();
    while (watch.selfInbox().hasMessages()) watch.runOne();
  }

  private Session register() {
    return register(NodeFixtures.hello(STATE, "boot", null, null));
  }

  private Session register(Hello hello) {
    RegistrationTransaction.Plan plan = NodeFixtures.registration(store, hello);
    commit(plan.transaction());
    return plan.session().orElseThrow();
  }

  private void renew() {
    renew(session);
  }

  private void renew(Session of) {
    Renew renewal = new Renew(of, 1, null);
    commit(
        NodeFixtures.read(
                store,
                view -> RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW))
            .transaction());
  }

  private void commit(Transaction transaction) {
    Outcome outcome = store.commit(transaction).toCompletableFuture().join();
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
  }
}
