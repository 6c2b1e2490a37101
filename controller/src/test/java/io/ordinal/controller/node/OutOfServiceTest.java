package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.OTHER_STATE;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.read;
import static io.ordinal.controller.node.NodeFixtures.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class OutOfServiceTest {
  private final NodeSettings settings = NodeFixtures.settings("lease = 6s, margin = 2s, late = 3s");
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final FakeLives lives = new FakeLives();
  private final List<EventNote> events = new ArrayList<>();
  private Session session = register(STATE, null).session().orElseThrow();
  private Duration now = Duration.ofHours(1);
  private final BehaviorTestKit<LeaseWatch.Command> watch =
      BehaviorTestKit.create(
          LeaseWatch.create(store, lives, events::add, () -> NOW, () -> now, settings));

  @Test
  void a_silent_machine_is_off_once_its_lease_is_late() {
    renew();
    lookAfter(Duration.ZERO);
    taint();
    lookAfter(Duration.ofSeconds(1));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    lookAfter(Duration.ofSeconds(3));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.OFF);
    assertThat(lives.standingsChanged).contains(session);
    assertThat(NodeConditions.status(node(), OutOfService.CONDITION)).isEqualTo("True");
    assertThat(events).extracting(EventNote::reason).contains("NodeOutOfService");
  }

  @Test
  void a_fenced_session_is_off_at_the_next_look() {
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(8));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);
    taint();
    lookAfter(settings.look());
    assertThat(standing(store, session).standing()).isEqualTo(Standing.OFF);
  }

  @Test
  void a_machine_that_is_heard_of_is_not_off_and_the_word_does_not_count_later_either() {
    lookAfter(Duration.ZERO);
    taint();
    for (int second = 0; second < 4; second++) {
      renew();
      lookAfter(Duration.ofSeconds(1));
    }
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    assertThat(NodeConditions.status(node(), OutOfService.CONDITION)).isEqualTo("False");
    assertThat(events).extracting(EventNote::reason).containsOnlyOnce("OutOfServiceRefused");

    lookAfter(Duration.ofSeconds(9));
    lookAfter(Duration.ofSeconds(1));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.FENCED);

    untaint();
    lookAfter(settings.look());
    taint();
    lookAfter(settings.look());
    assertThat(standing(store, session).standing()).isEqualTo(Standing.OFF);
  }

  @Test
  void a_taint_that_is_taken_back_before_the_commit_ends_nothing() {
    renew();
    taint();
    lookAfter(Duration.ZERO);
    store.beforeNextCommit(this::untaint);
    lookAfter(Duration.ofSeconds(4));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
  }

  @Test
  void a_machine_that_is_off_registers_again_when_the_taint_is_gone() {
    taint();
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(4));
    RegistrationTransaction.Plan refused = plan(STATE, session);
    assertThat(refused.refusal()).hasValueSatisfying(why -> assertThat(why).contains("taint"));
    assertThat(plan(OTHER_STATE, null).refusal()).isPresent();

    untaint();
    lookAfter(settings.look());
    assertThat(NodeConditions.status(node(), OutOfService.CONDITION)).isEmpty();
    assertThat(register(STATE, session).session()).isPresent().isNotEqualTo(session);
  }

  @Test
  void sessions_of_a_wiped_directory_are_off_although_the_machine_is_back() {
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(8));
    Session lost = session;
    session = register(OTHER_STATE, null).session().orElseThrow();
    taint();
    for (int second = 0; second < 4; second++) {
      renew();
      lookAfter(Duration.ofSeconds(1));
    }
    assertThat(standing(store, session).standing()).isEqualTo(Standing.READY);
    assertThat(standing(store, lost).standing()).isEqualTo(Standing.OFF);
  }

  @Test
  void a_resting_session_is_off_by_the_same_word() {
    commit(read(store, view -> Rests.resting(view, session, 1)).transaction());
    taint();
    lookAfter(Duration.ZERO);
    lookAfter(Duration.ofSeconds(4));
    assertThat(standing(store, session).standing()).isEqualTo(Standing.OFF);
  }

  private void lookAfter(Duration pause) {
    now = now.plus(pause);
    watch.expectEffectClass(Effect.TimerScheduled.class).send().apply();
    while (watch.selfInbox().hasMessages()) watch.runOne();
  }

  private void taint() {
    ObjectNode node = node().copy();
    node.withObjectProperty("spec")
        .withArrayProperty("taints")
        .addObject()
        .put("key", OutOfService.TAINT)
        .put("effect", "NoExecute");
    put(node);
  }

  private void untaint() {
    ObjectNode node = node().copy();
    node.withObjectProperty("spec").remove("taints");
    put(node);
  }

  private void put(ObjectNode node) {
    commit(
        Transaction.of(
            new Operation.Put(
                Sessions.nodeKey(ALPHA), new ApiObject(node).draft(), Condition.ANY)));
  }

  private ApiObject node() {
    return NodeFixtures.node(store);
  }

  private void renew() {
    Renew renewal = new Renew(session, 1, null);
    commit(
        read(
                store,
                view -> RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW))
            .transaction());
  }

  private RegistrationTransaction.Plan register(UUID state, Session previous) {
    RegistrationTransaction.Plan plan = plan(state, previous);
    commit(plan.transaction());
    return plan;
  }

  private RegistrationTransaction.Plan plan(UUID state, Session previous) {
    return NodeFixtures.registration(store, NodeFixtures.hello(state, "boot", previous, null));
  }

  private void commit(Transaction transaction) {
    assertThat(store.commit(transaction).toCompletableFuture().join())
        .isInstanceOf(Outcome.Committed.class);
  }
}
