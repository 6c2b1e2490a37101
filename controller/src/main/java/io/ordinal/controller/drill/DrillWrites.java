package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The transactions of drills. Each holds only on what was read. Pure. */
final class DrillWrites {
  private DrillWrites() {}

  /**
   * The drill with its next status. With the decision to inject it takes the lock and is held back
   * from deletion; with its verdict it lets both go.
   */
  static Transaction next(DrillLook look, DrillLook.Seen seen, DrillStatus next) {
    ApiObject drill = DrillDocument.with(seen.object(), next);
    boolean done = next.phase() == DrillPhase.DONE;
    drill = DrillDocument.held(drill, !done && next.phase() != DrillPhase.CHECKING);
    List<Operation> operations = new ArrayList<>();
    boolean gone = done && drill.deletionTimestamp().isPresent() && drill.finalizers().isEmpty();
    operations.add(
        gone
            ? new Operation.Delete(seen.stored().key(), Condition.at(seen.stored().revision()))
            : put(seen.stored(), drill));
    boolean injects =
        next.phase() == DrillPhase.INJECTING && seen.status().phase() != DrillPhase.INJECTING;
    if (injects) {
      operations.add(DrillRecords.take(drill.uid(), drill.name(), next, look.lockVersion()));
    } else if (done && look.holder().filter(drill.uid()::equals).isPresent()) {
      operations.add(release(look.lockVersion()));
    }
    return new Transaction(operations);
  }

  static Operation release(long version) {
    return new Operation.DeleteRecord(DrillRecords.LOCK, RecordCondition.at(version));
  }

  /** What a schedule asks for; empty when nothing changes. */
  static Optional<Transaction> schedule(DrillLook.Schedule schedule, DrillSchedule plan) {
    List<Operation> operations = new ArrayList<>();
    DrillStatus before = DrillDocument.status(schedule.object());
    if (!plan.status().equals(before)) {
      operations.add(put(schedule.stored(), DrillDocument.with(schedule.object(), plan.status())));
    }
    plan.fresh()
        .ifPresent(
            child ->
                operations.add(
                    new Operation.PutIfAbsent(DrillDocument.key(child.name()), child.draft())));
    for (ApiObject old : plan.outdated()) {
      if (old.finalizers().isEmpty()) {
        operations.add(
            new Operation.Delete(DrillDocument.key(old.name()), new Condition.WithUid(old.uid())));
      }
    }
    return operations.isEmpty() ? Optional.empty() : Optional.of(new Transaction(operations));
  }

  static String told(DrillStatus status) {
    return status.verdict() == null ? status.phase().word() : status.verdict().word();
  }

  static boolean isHeld(ApiObject drill) {
    return drill.finalizers().contains(Drill.FINALIZER);
  }

  private static Operation put(StoredObject stored, ApiObject drill) {
    return new Operation.Put(stored.key(), drill.draft(), Condition.at(stored.revision()));
  }
}
