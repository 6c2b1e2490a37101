package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class RenewalsTest {
  private final NodeSettings settings = NodeFixtures.settings("");
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final TestInbox<AgentCommand> agent = TestInbox.create();
  private final BehaviorTestKit<Renewals.Command> renewals =
      BehaviorTestKit.create(
          Renewals.create(store, settings, each -> "agent", () -> NodeFixtures.NOW));

  @Test
  void every_command_has_a_handler() {
    for (Class<?> actor : List.of(Renewals.class, Registrar.class, LeaseWatch.class)) {
      List<String> handlers =
          Arrays.stream(actor.getDeclaredMethods()).map(each -> each.getName()).toList();
      Class<?> commands =
          Arrays.stream(actor.getDeclaredClasses())
              .filter(each -> each.getSimpleName().equals("Command"))
              .findFirst()
              .orElseThrow();
      for (Class<?> command : commands.getPermittedSubclasses()) {
        assertThat(handlers).contains("on" + command.getSimpleName());
      }
    }
  }

  @Test
  void renewals_of_one_tick_are_one_transaction() {
    List<Session> sessions = new ArrayList<>();
    for (int i = 1; i <= 5; i++) sessions.add(open(i));
    int before = store.committed().size();

    sessions.forEach(session -> ask(session, 1));
    tick();

    assertThat(agent.getAllReceived())
        .containsExactlyInAnyOrderElementsOf(
            sessions.stream().map(each -> new AgentCommand.Granted(each, 1)).toList());
    assertThat(sessions).allSatisfy(session -> assertThat(leaseVersion(session)).isEqualTo(1));
    assertThat(store.committed()).hasSize(before + 1);
  }

  @Test
  void of_two_renewals_of_a_session_within_a_tick_the_later_is_granted() {
    Session session = open(1);
    ask(session, 1);
    ask(session, 2);
    tick();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Granted(session, 2));
    assertThat(leaseVersion(session)).isEqualTo(1);
  }

  @Test
  void a_restarted_agent_that_counts_from_one_again_is_the_one_that_is_answered() {
    Session session = open(1);
    TestInbox<AgentCommand> dead = TestInbox.create();
    renewals.run(new Renewals.Ask(new Renew(session, 50, dead.getRef())));
    ask(session, 1);
    tick();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Granted(session, 1));
    assertThat(dead.hasMessages()).isFalse();
  }

  @Test
  void a_late_renewal_through_another_door_makes_nothing_older_count_again() {
    Session session = open(1);
    ask(session, 7);
    tick();
    ask(session, 5);
    tick();
    assertThat(agent.getAllReceived())
        .containsExactly(
            new AgentCommand.Granted(session, 7), new AgentCommand.Granted(session, 5));
    long number = NodeFixtures.read(store, view -> Rests.granted(view, session));
    assertThat(number).isEqualTo(7);
    assertThat(leaseVersion(session)).isEqualTo(2);
  }

  @Test
  void what_another_door_grants_meanwhile_is_not_taken_back() {
    Session session = open(1);
    store.beforeNextCommit(() -> renewed(session, 7, "agent"));
    ask(session, 6);
    tick();
    assertThat(agent.hasMessages()).isFalse();
    tick();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Granted(session, 6));
    long number = NodeFixtures.read(store, view -> Rests.granted(view, session));
    assertThat(number).isEqualTo(7);
  }

  @Test
  void a_late_renewal_says_nothing_of_how_the_agent_is_reached() {
    Session session = open(1);
    renewed(session, 7, "present");
    renewed(session, 5, "former");
    assertThat(agentOf(session)).isEqualTo("present");
    renewed(session, 8, "next");
    assertThat(agentOf(session)).isEqualTo("next");
  }

  private void renewed(Session session, long sequence, String agent) {
    Renew renewal = new Renew(session, sequence, null);
    RenewalBatch batch =
        NodeFixtures.read(
            store,
            view -> RenewalBatch.of(view, List.of(renewal), each -> agent, NodeFixtures.NOW));
    store.commit(batch.transaction()).toCompletableFuture().join();
  }

  private String agentOf(Session session) {
    return NodeFixtures.read(store, view -> Sessions.record(view, session))
        .orElseThrow()
        .record()
        .agent();
  }

  @Test
  void a_renewal_that_is_judged_again_does_not_replace_a_later_one() {
    Session session = open(1);
    store.hold();
    store.refuseNext();
    ask(session, 1);
    tick();
    ask(session, 2);
    store.release();
    settle();
    tick();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Granted(session, 2));
  }

  @Test
  void a_lapsed_session_does_not_hold_up_the_others_of_its_tick() {
    Session ready = open(1);
    Session fenced = open(2);
    fence(fenced);
    ask(fenced, 1);
    ask(ready, 1);
    tick();
    assertThat(agent.getAllReceived())
        .containsExactly(new AgentCommand.Lapsed(fenced), new AgentCommand.Granted(ready, 1));
  }

  @Test
  void a_session_fenced_during_the_tick_costs_the_others_one_more_tick() {
    Session ready = open(1);
    Session fenced = open(2);
    store.beforeNextCommit(() -> fence(fenced));
    ask(fenced, 1);
    ask(ready, 1);
    tick();
    assertThat(agent.getAllReceived()).isEmpty();
    tick();
    assertThat(agent.getAllReceived())
        .containsExactly(new AgentCommand.Lapsed(fenced), new AgentCommand.Granted(ready, 1));
    assertThat(leaseVersion(fenced)).isZero();
  }

  @Test
  void what_arrives_during_a_transaction_waits_for_the_next_tick() {
    Session first = open(1);
    Session second = open(2);
    store.hold();
    ask(first, 1);
    tick();
    ask(second, 1);
    assertThat(renewals.hasEffects()).as("another timer").isFalse();

    store.release();
    settle();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Granted(first, 1));
    tick();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Granted(second, 1));
  }

  @Test
  void nobody_is_answered_while_the_store_is_away() {
    Session session = open(1);
    store.failNext(new StoreUnavailable("no majority", null));
    ask(session, 1);
    tick();
    assertThat(agent.hasMessages()).isFalse();

    ask(session, 2);
    tick();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Granted(session, 2));
  }

  @Test
  void a_front_door_that_slept_renews_nothing_that_was_fenced_meanwhile() {
    Session session = open(1);
    ask(session, 1);
    fence(session); // Before the tick came.
    tick();
    assertThat(agent.getAllReceived()).containsExactly(new AgentCommand.Lapsed(session));
    assertThat(leaseVersion(session)).isZero();
  }

  private void ask(Session session, long sequence) {
    renewals.run(new Renewals.Ask(new Renew(session, sequence, agent.getRef())));
  }

  /** Lets the timer that was set go off. */
  private void tick() {
    Effect.TimerScheduled<?> timer = renewals.expectEffectClass(Effect.TimerScheduled.class);
    assertThat(timer.delay().toMillis()).isEqualTo(settings.renewalTick().toMillis());
    timer.send().apply();
    settle();
  }

  private void settle() {
    while (renewals.selfInbox().hasMessages()) renewals.runOne();
  }

  private Session open(long number) {
    Session session = new Session(new NodeName("node-" + number), STATE, "boot", number);
    store.commit(
        Transaction.of(
            new Operation.PutRecord(
                Sessions.key(session),
                SessionCodec.encode(
                    SessionRecord.opened(
                        session, Optional.empty(), "127.0.0.1", "agent", NodeFixtures.LEASE)),
                RecordCondition.ABSENT)));
    return session;
  }

  private void fence(Session session) {
    Sessions.Entry entry =
        NodeFixtures.read(store, view -> Sessions.record(view, session)).orElseThrow();
    store.commit(
        Transaction.of(
            new Operation.PutRecord(
                Sessions.key(session),
                SessionCodec.encode(entry.record().fenced()),
                RecordCondition.at(entry.version()))));
  }

  private long leaseVersion(Session session) {
    return NodeFixtures.read(store, view -> view.recordVersion(Sessions.leaseKey(session)));
  }
}
