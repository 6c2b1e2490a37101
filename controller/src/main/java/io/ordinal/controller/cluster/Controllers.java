package io.ordinal.controller.cluster;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.View;
import java.util.List;
import java.util.UUID;

/** The controllers' records of themselves. */
public final class Controllers {
  private Controllers() {}

  /** All that ever started and were not taken away, by id. */
  public static List<ControllerRecord> in(View view) {
    return view.records(ControllerRecord.FAMILY).stream().map(ControllerRecord::of).toList();
  }

  /** Forgets one that will not come back. */
  public static Operation forget(UUID id) {
    return new Operation.DeleteRecord(ControllerRecord.key(id), RecordCondition.ANY);
  }

  static Operation remember(ControllerRecord record) {
    return new Operation.PutRecord(record.key(), record.bytes(), RecordCondition.ANY);
  }
}
