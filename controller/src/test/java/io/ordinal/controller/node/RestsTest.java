package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.LeaseLedger.Lease;
import io.ordinal.controller.node.NodeDocument.Readiness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestsTest {
  private static final NodeSettings SETTINGS = NodeFixtures.settings("");

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Session session = register("agent-1");

  @Test
  void a_ready_session_rests_and_rests_still_when_asked_again() {
    assertThat(rest(2)).contains(Standing.RESTING);
    assertThat(rest(2)).contains(Standing.RESTING);
    assertThat(NodeFixtures.standing(store, session).standing()).isEqualTo(Standing.RESTING);
  }

  @Test
  void a_resting_session_is_never_fenced_but_may_be_renewed() {
    rest(2);
    LeaseStep.Sight sight = read(store, LeaseStep::sights).get(0);
    assertThat(LeaseStep.decide(sight, Lease.LAPSED, SETTINGS, NOW))
        .map(LeaseStep::kind)
        .contains(LeaseStep.Kind.SHOW_RESTING);
    assertThat(renew(3).granted()).hasSize(1);
  }

  @Test
  void an_agent_that_returns_finds_its_session_resting_and_ends_the_rest_when_it_is_armed() {
    rest(2);
    RegistrationTransaction.Plan back = hello("agent-2", session);
    assertThat(back.session()).contains(session);
    assertThat(back.resting()).isTrue();
    StoredObject node =
        read(store, view -> view.get(Sessions.nodeKey(session.node()))).orElseThrow();
    assertThat(NodeConditions.tells(ApiObject.of(node), Readiness.RESTING))
        .as("it is not told to be ready for a moment before its deadline is armed")
        .isTrue();

    assertThat(armed(1)).as("a late word of before the rest").contains(Standing.RESTING);
    assertThat(armed(3)).contains(Standing.READY);
    assertThat(armed(3)).contains(Standing.READY);
  }

  @Test
  void a_late_request_for_rest_does_not_lift_a_lease_that_counts_again() {
    rest(2);
    renew(3);
    armed(3);
    assertThat(rest(2)).contains(Standing.READY);
    assertThat(rest(4)).contains(Standing.RESTING);
  }

  @Test
  void a_second_rest_makes_the_words_void_that_were_said_since_the_first() {
    rest(2);
    renew(3);
    assertThat(rest(4)).contains(Standing.RESTING);
    assertThat(armed(3)).as("said before the second rest").contains(Standing.RESTING);
    assertThat(armed(5)).contains(Standing.READY);
  }

  @Test
  void of_a_second_rest_and_a_word_decided_on_the_same_view_only_one_counts() {
    rest(2);
    renew(3);
    Rests.Plan again = read(store, view -> Rests.resting(view, session, 4));
    Rests.Plan armed = read(store, view -> Rests.armed(view, session, 3));
    commit(again);
    assertThat(store.commit(armed.transaction()).toCompletableFuture().join())
        .isInstanceOf(Outcome.Refused.class);
    assertThat(NodeFixtures.standing(store, session).standing()).isEqualTo(Standing.RESTING);
  }

  @Test
  void a_rest_that_is_handled_before_the_first_renewal_of_an_agent_that_is_back_is_told_it() {
    renew(3);
    rest(4); // Said by the agent before this one, to a controller that was frozen since.
    RenewalBatch batch = renew(5);
    assertThat(batch.granted()).extracting(RenewalBatch.Grant::resting).containsExactly(true);
    assertThat(armed(5)).contains(Standing.READY);
    assertThat(renew(6).granted()).extracting(RenewalBatch.Grant::resting).containsExactly(false);
  }

  @Test
  void a_renewal_shows_the_way_to_the_agent_that_is_there_now() {
    hello("agent-of-before", session); // Handled late.
    renew(2);
    assertThat(read(store, view -> Sessions.record(view, session)).orElseThrow().record().agent())
        .isEqualTo("agent");
  }

  @Test
  void a_session_that_is_over_neither_rests_nor_is_armed() {
    commit(NodeFixtures.vouching(STATE, "boot", session, null), "agent-2");
    assertThat(rest(2)).contains(Standing.CLOSED);
    assertThat(armed(3)).contains(Standing.CLOSED);
  }

  private Optional<Standing> rest(long sequence) {
    return commit(read(store, view -> Rests.resting(view, session, sequence)));
  }

  private Optional<Standing> armed(long sequence) {
    return commit(read(store, view -> Rests.armed(view, session, sequence)));
  }

  private RenewalBatch renew(long sequence) {
    Renew renewal = new Renew(session, sequence, null);
    RenewalBatch batch =
        read(
            store,
            view -> RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW));
    store.commit(batch.transaction()).toCompletableFuture().join();
    return batch;
  }

  private Optional<Standing> commit(Rests.Plan plan) {
    if (!plan.transaction().operations().isEmpty()) {
      store.commit(plan.transaction()).toCompletableFuture().join();
    }
    return plan.standing();
  }

  private Session register(String agent) {
    RegistrationTransaction.Plan plan = hello(agent, null);
    Renew renewal = new Renew(plan.session().orElseThrow(), 1, null);
    store
        .commit(
            read(
                    store,
                    view ->
                        RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW))
                .transaction())
        .toCompletableFuture()
        .join();
    return plan.session().orElseThrow();
  }

  private RegistrationTransaction.Plan hello(String agent, Session previous) {
    return commit(NodeFixtures.hello(STATE, "boot", previous, null), agent);
  }

  private RegistrationTransaction.Plan commit(Hello hello, String agent) {
    RegistrationTransaction.Plan plan =
        read(
            store,
            view ->
                new RegistrationTransaction(view, hello, NodeFixtures.LEASE, agent, "uid-1", NOW)
                    .plan());
    if (!plan.transaction().operations().isEmpty()) {
      store.commit(plan.transaction()).toCompletableFuture().join();
    }
    return plan;
  }
}
