package io.ordinal.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final Seat A = new Seat("10.0.0.1:7650", Long.MIN_VALUE);
  private static final Seat B = new Seat("[fd00::2]:7650", -1);

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void records_come_back_from_the_store_as_they_were_written() {
    ControllerRecord controller =
        new ControllerRecord(
            UUID.randomUUID(), "c1", A, "https://10.0.0.1:6443", "m:1", "s:2", false);
    FormationRecord formation = new FormationRecord(7, A);
    DowningRecord downing = DowningRecord.none(7, A).and(A, Set.of(B));
    commit(Controllers.remember(controller));
    commit(new Operation.PutRecord(FormationRecord.KEY, formation.bytes(), RecordCondition.ABSENT));
    commit(new Operation.PutRecord(DowningRecord.KEY, downing.bytes(), RecordCondition.ABSENT));

    Records found = found();
    assertThat(found.controllers()).containsExactly(controller);
    assertThat(found.formation()).contains(formation);
    assertThat(found.downing()).contains(downing);
    assertThat(found.downed(B)).isTrue();
    assertThat(found.formationVersion()).isEqualTo(1);

    commit(Controllers.forget(controller.id()));
    assertThat(found().controllers()).isEmpty();
  }

  @Test
  void a_controller_that_does_not_say_whether_it_allows_drills_may_allow_them() {
    String older =
        "{'name':'c','artery':'a:1','uid':1,'api':'x','management':'y','store':'z'}"
            .replace('\'', '"');
    RecordKey key = new RecordKey(ControllerRecord.FAMILY, UUID.randomUUID().toString());
    byte[] stored = older.getBytes(StandardCharsets.UTF_8);
    commit(new Operation.PutRecord(key, stored, RecordCondition.ABSENT));
    assertThat(found().controllers()).extracting(ControllerRecord::drills).containsExactly(true);
  }

  @Test
  void a_decision_on_a_former_formation_does_not_count() {
    FormationRecord formation = new FormationRecord(8, A);
    commit(new Operation.PutRecord(FormationRecord.KEY, formation.bytes(), RecordCondition.ABSENT));
    byte[] former = new DowningRecord(7, A, List.of(B)).bytes();
    commit(new Operation.PutRecord(DowningRecord.KEY, former, RecordCondition.ABSENT));
    assertThat(found().downing()).isEmpty();
    assertThat(found().downingVersion()).isEqualTo(1);
  }

  @Test
  void a_founding_and_the_answer_to_the_challenge_before_it_exclude_each_other() {
    FormationRecord formation = new FormationRecord(1, A);
    commit(new Operation.PutRecord(FormationRecord.KEY, formation.bytes(), RecordCondition.ABSENT));
    FormationStep.Challenge challenge = new FormationStep.Challenge(1, 1, 0);
    assertCommitted(FormationWrites.challenge(challenge, B), true);
    assertThat(found().challenge()).contains(new ChallengeRecord(1, false, B));

    ControllerRecord founder = new ControllerRecord(UUID.randomUUID(), "c", B, "x", "y", "z", true);
    FormationStep.Found founding = new FormationStep.Found(2, 1, Optional.of(1L));
    FormationStep.Answer answer = new FormationStep.Answer(1, 1, 1);
    assertCommitted(FormationWrites.answer(answer, A), true);
    assertCommitted(FormationWrites.found(founding, founder), false);
    assertThat(found().number()).isEqualTo(1);

    assertCommitted(FormationWrites.challenge(new FormationStep.Challenge(1, 1, 2), B), true);
    assertCommitted(
        FormationWrites.found(new FormationStep.Found(2, 1, Optional.of(3L)), founder), true);
    assertCommitted(FormationWrites.answer(new FormationStep.Answer(1, 1, 3), A), false);
    assertThat(found().number()).isEqualTo(2);
    assertThat(found().challenge()).isEmpty();
  }

  private void assertCommitted(Transaction transaction, boolean expected) {
    Outcome outcome = store.commit(transaction).toCompletableFuture().join();
    assertThat(outcome instanceof Outcome.Committed).as("%s", outcome).isEqualTo(expected);
  }

  @Test
  void a_formation_of_the_first_release_is_read() {
    byte[] former = "3\npekko://ordinal@127.0.0.1:7650\n42".getBytes(StandardCharsets.UTF_8);
    assertThat(FormationRecord.of(former))
        .isEqualTo(new FormationRecord(3, new Seat("127.0.0.1:7650", 42)));
  }

  private Records found() {
    return store.read(Freshness.LINEARIZABLE, Records::in).toCompletableFuture().join();
  }

  private void commit(Operation operation) {
    store.commit(Transaction.of(operation)).toCompletableFuture().join();
  }
}
