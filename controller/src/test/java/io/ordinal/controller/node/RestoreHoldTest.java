package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Restored;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;

class RestoreHoldTest {
  private final NodeSettings settings = NodeFixtures.settings("lease = 6s, margin = 2s, late = 3s");
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Session session = register(null).session().orElseThrow();
  private Duration now = Duration.ofHours(1);
  private final BehaviorTestKit<LeaseWatch.Command> watch =
      BehaviorTestKit.create(
          LeaseWatch.create(store, new FakeLives(), note -> {}, () -> NOW, () -> now, settings));

  @Test
  void a_store_that_was_never_restored_holds_nothing() {
    assertThat(reason()).isEmpty();
  }

  @Test
  void nothing_begins_until_a_silent_node_is_declared_off_since_it_may_rest() {
    renew();
    restore();
    assertThat(reason())
        .hasValueSatisfying(why -> assertThat(why).contains("alpha", "reported", "out-of-service"));
    lookAfter(Duration.ZERO);
    for (int second = 0; second < 30; second++) lookAfter(Duration.ofSeconds(1));
    assertThat(NodeFixtures.standing(store, session).standing()).isEqualTo(Standing.READY);
    assertThat(reason()).isPresent();

    Sessions.Entry entry = read(store, view -> Sessions.record(view, session)).orElseThrow();
    commit(
        Transaction.of(
            new Operation.PutRecord(
                Sessions.key(session),
                SessionCodec.encode(entry.record().off()),
                RecordCondition.at(entry.version()))));
    lookAfter(settings.look());
    assertThat(reason()).isEmpty();
  }

  @Test
  void a_node_whose_directory_was_wiped_since_the_backup_is_told_what_it_waits_for() {
    renew();
    Hello wiped = NodeFixtures.hello(NodeFixtures.OTHER_STATE, "boot", null, null);
    assertThat(plan(wiped, List.of(), true).refusal())
        .hasValueSatisfying(why -> assertThat(why).doesNotContain("kubectl taint"));
    restore();
    assertThat(plan(wiped, List.of(), true).refusal())
        .hasValueSatisfying(why -> assertThat(why).contains("backup", "kubectl taint node alpha"));
  }

  @Test
  void what_was_heard_after_one_restore_counts_for_nothing_after_the_next() {
    renew();
    restore();
    register(session);
    lookAfter(Duration.ZERO);
    for (int second = 0; second < 9; second++) lookAfter(Duration.ofSeconds(1));
    assertThat(reason()).isEmpty();

    restore();
    assertThat(reason()).hasValueSatisfying(why -> assertThat(why).contains("reported", "alpha"));
  }

  @Test
  void a_node_that_was_fenced_in_the_backup_is_waited_for_as_it_may_have_come_back_since() {
    Sessions.Entry entry = read(store, view -> Sessions.record(view, session)).orElseThrow();
    commit(
        Transaction.of(
            new Operation.PutRecord(
                Sessions.key(session),
                SessionCodec.encode(entry.record().fenced()),
                RecordCondition.at(entry.version()))));
    restore();
    assertThat(reason()).hasValueSatisfying(why -> assertThat(why).contains("reported", "alpha"));
  }

  @Test
  void a_node_that_went_to_rest_after_the_backup_rests_on() {
    renew();
    restore();
    Hello back = NodeFixtures.hello(STATE, "boot", session, null);
    RegistrationTransaction.Plan plan =
        plan(NodeFixtures.with(back, true, List.of()), List.of(), true);
    commit(plan.transaction());
    assertThat(plan.resting()).isTrue();
    assertThat(NodeFixtures.standing(store, session).standing()).isEqualTo(Standing.RESTING);
    lookAfter(Duration.ZERO);
    for (int second = 0; second < 30; second++) lookAfter(Duration.ofSeconds(1));
    assertThat(NodeFixtures.standing(store, session).standing()).isEqualTo(Standing.RESTING);
  }

  @Test
  void a_session_that_the_backup_does_not_know_ends_its_fenced_lives_first() {
    renew();
    restore();
    Session unknown =
        new Session(session.node(), session.stateUuid(), session.bootId(), session.number() + 1);
    LifeStatus fenced = life(Phase.RUNNING, true);
    RegistrationTransaction.Plan refused = plan(unknown, List.of(fenced), true);
    assertThat(refused.refusal()).isPresent();
    assertThat(refused.ending()).containsExactly(fenced);
    assertThat(NodeFixtures.standing(store, session).standing()).isEqualTo(Standing.READY);

    List<LifeStatus> left = List.of(life(Phase.ENDED, true), life(Phase.RUNNING, false));
    RegistrationTransaction.Plan opened = plan(unknown, left, true);
    commit(opened.transaction());
    assertThat(opened.closed()).contains(session);
    assertThat(opened.session()).isPresent();
  }

  @Test
  void without_a_restore_a_session_that_the_log_does_not_know_is_not_believed() {
    renew();
    Session unknown =
        new Session(session.node(), session.stateUuid(), session.bootId(), session.number() + 1);
    assertThat(plan(unknown, List.of(), true).refusal()).isPresent();
    assertThat(NodeFixtures.standing(store, session).standing()).isEqualTo(Standing.READY);
  }

  @Test
  void leases_that_the_backup_does_not_know_run_out_before_anything_begins() {
    restore();
    register(session);
    assertThat(reason()).hasValueSatisfying(why -> assertThat(why).contains("leases"));
    for (int second = 0; second < 9; second++) {
      assertThat(reason()).as("after %d s", second).isPresent();
      renew();
      lookAfter(Duration.ofSeconds(1));
    }
    assertThat(reason()).isEmpty();
  }

  @Test
  void a_node_is_let_in_once_the_lives_that_the_backup_does_not_know_have_ended() {
    restore();
    RegistrationTransaction.Plan refused = plan(session, List.of(life(Phase.RUNNING)), false);
    assertThat(refused.refusal()).hasValueSatisfying(why -> assertThat(why).contains("web-0"));
    assertThat(refused.ending()).hasSize(1);
    assertThat(plan(session, List.of(life(Phase.RUNNING)), true).refusal()).isEmpty();
    assertThat(plan(session, List.of(life(Phase.ENDED)), false).refusal()).isEmpty();
  }

  private Optional<String> reason() {
    return read(store, RestoreHold::reason);
  }

  private void restore() {
    long revision = store.revision().value() + 1_000;
    Restored restored =
        new Restored(new UUID(0, 1), new UUID(0, 2), Instant.EPOCH, Instant.EPOCH, 1, revision);
    commit(
        Transaction.of(
            new Operation.PutRecord(Restored.KEY, restored.encode(), RecordCondition.ANY)));
  }

  private void renew() {
    Renew renewal = new Renew(session, 1, null);
    commit(
        read(
                store,
                view -> RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW))
            .transaction());
  }

  private void lookAfter(Duration pause) {
    now = now.plus(pause);
    watch.expectEffectClass(Effect.TimerScheduled.class).send().apply();
    while (watch.selfInbox().hasMessages()) watch.runOne();
  }

  private RegistrationTransaction.Plan register(Session previous) {
    RegistrationTransaction.Plan plan = plan(previous, List.of(), true);
    commit(plan.transaction());
    return plan;
  }

  private RegistrationTransaction.Plan plan(
      Session previous, List<LifeStatus> lives, boolean known) {
    return plan(NodeFixtures.hello(STATE, "boot", previous, null), lives, known);
  }

  private RegistrationTransaction.Plan plan(Hello plain, List<LifeStatus> lives, boolean known) {
    Hello hello = NodeFixtures.with(plain, plain.lifted(), lives);
    return read(
        store,
        view ->
            new RegistrationTransaction(view, hello, NodeFixtures.LEASE, "agent", "uid-1", NOW)
                .plan(life -> known, Optional.empty()));
  }

  private static LifeStatus life(Phase phase) {
    return life(phase, false);
  }

  private static LifeStatus life(Phase phase, boolean fenced) {
    return new LifeStatus(
        new ReplicaId("shop", "web-0"),
        new Incarnation(9),
        1,
        phase,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        "",
        "",
        fenced);
  }

  private void commit(Transaction transaction) {
    assertThat(store.commit(transaction).toCompletableFuture().join())
        .isInstanceOf(Outcome.Committed.class);
  }
}
