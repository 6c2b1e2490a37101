package io.ordinal.controller.cluster;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Transaction;
import java.util.ArrayList;
import java.util.List;

/** What a controller writes to the store about the cluster. Pure. */
final class FormationWrites {
  private FormationWrites() {}

  /** All or nothing: without its own record nobody would find the founder. */
  static Transaction found(FormationStep.Found step, ControllerRecord self) {
    List<Operation> operations = new ArrayList<>();
    byte[] formation = new FormationRecord(step.number(), self.seat()).bytes();
    operations.add(
        new Operation.PutRecord(FormationRecord.KEY, formation, RecordCondition.at(step.over())));
    step.unanswered()
        .ifPresent(
            version ->
                operations.add(
                    new Operation.ExpectRecord(ChallengeRecord.KEY, RecordCondition.at(version))));
    operations.add(Controllers.remember(self));
    return new Transaction(operations);
  }

  static Transaction introduce(ControllerRecord self) {
    return Transaction.of(Controllers.remember(self));
  }

  static Transaction challenge(FormationStep.Challenge step, Seat self) {
    return new Transaction(
        List.of(
            inFormation(step.formationVersion()),
            put(new ChallengeRecord(step.number(), false, self), step.over())));
  }

  static Transaction answer(FormationStep.Answer step, Seat self) {
    return new Transaction(
        List.of(
            inFormation(step.formationVersion()),
            put(new ChallengeRecord(step.number(), true, self), step.over())));
  }

  private static Operation inFormation(long version) {
    return new Operation.ExpectRecord(FormationRecord.KEY, RecordCondition.at(version));
  }

  private static Operation put(ChallengeRecord record, long over) {
    return new Operation.PutRecord(ChallengeRecord.KEY, record.bytes(), RecordCondition.at(over));
  }
}
