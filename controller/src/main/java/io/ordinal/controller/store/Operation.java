package io.ordinal.controller.store;

/** One step of a transaction. */
public sealed interface Operation {
  /** Creates or replaces; takes one revision. */
  record Put(ObjectKey key, Draft draft, Condition condition) implements Operation {}

  /**
   * Creates unless an object of that name exists, which is no refusal; takes one revision if it
   * creates.
   */
  record PutIfAbsent(ObjectKey key, Draft draft) implements Operation {}

  /**
   * Removes; takes one revision, which stands in the last document that watchers see. Removing what
   * is not there is no refusal (unless the condition says so) and takes no revision.
   */
  record Delete(ObjectKey key, Condition condition) implements Operation {}

  /** Changes nothing; refuses the transaction unless the condition holds. */
  record Expect(ObjectKey key, Condition condition) implements Operation {}

  record PutRecord(RecordKey key, byte[] value, RecordCondition condition) implements Operation {}

  record DeleteRecord(RecordKey key, RecordCondition condition) implements Operation {}

  record ExpectRecord(RecordKey key, RecordCondition condition) implements Operation {}
}
