package io.ordinal.controller.store.rocks;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.WriteBatch;

/**
 * Applies the transactions of one log entry, one after the other, into a write batch. Sees what the
 * earlier ones of the same entry changed. Deterministic: depends on the entry and the state alone.
 */
final class BatchApplication implements Operation.Cases<Revision> {
  private final Database database;
  private final WriteBatch batch;
  private final Map<ObjectKey, Optional<ObjectRow>> objects = new HashMap<>();
  private final Map<RecordKey, RecordRow> records = new HashMap<>();
  private final Set<ResourceName> changed = new HashSet<>();
  private final Judge judge = new Judge(this::object, this::record);
  private Revision revision;

  BatchApplication(Database database, WriteBatch batch, Revision revision) {
    this.database = database;
    this.batch = batch;
    this.revision = revision;
  }

  Revision revision() {
    return revision;
  }

  /** The resources of whose objects one at least was put or deleted. */
  Set<ResourceName> changed() {
    return Set.copyOf(changed);
  }

  /** Judges first and changes afterwards, so that nothing ever has to be taken back. */
  Outcome apply(Transaction transaction) {
    Optional<Outcome.Refused> refusal = judge.refusal(transaction);
    if (refusal.isPresent()) return refusal.get();
    List<Revision> revisions = new ArrayList<>(transaction.operations().size());
    for (Operation operation : transaction.operations()) revisions.add(operation.match(this));
    return new Outcome.Committed(revisions, revision);
  }

  private Optional<ObjectRow> object(ObjectKey key) {
    return objects.computeIfAbsent(
        key,
        k ->
            Optional.ofNullable(database.get(Database.Column.OBJECTS, Keys.object(k)))
                .map(ObjectRow::decode));
  }

  private RecordRow record(RecordKey key) {
    return records.computeIfAbsent(
        key,
        k -> {
          byte[] row = database.get(Database.Column.RECORDS, Keys.record(k));
          return row == null ? RecordRow.NEVER_WRITTEN : RecordRow.decode(row);
        });
  }

  @Override
  public Revision put(Operation.Put put) {
    revision = revision.plus(1);
    Optional<ObjectRow> before = object(put.key());
    Revision created = before.map(ObjectRow::created).orElse(revision);
    ObjectRow after = ObjectRow.of(put.draft(), revision, created);
    objects.put(put.key(), Optional.of(after));
    database.put(batch, Database.Column.OBJECTS, Keys.object(put.key()), after.encode());
    tell(put.key(), false, after.document(), before.map(ObjectRow::document));
    return revision;
  }

  @Override
  public Revision putIfAbsent(Operation.PutIfAbsent put) {
    if (object(put.key()).isPresent()) return Revision.ZERO;
    return put(new Operation.Put(put.key(), put.draft(), Condition.ANY));
  }

  @Override
  public Revision delete(Operation.Delete delete) {
    Optional<ObjectRow> before = object(delete.key());
    if (before.isEmpty()) return Revision.ZERO;
    revision = revision.plus(1);
    objects.put(delete.key(), Optional.empty());
    database.delete(batch, Database.Column.OBJECTS, Keys.object(delete.key()));
    byte[] last = before.get().documentAt(revision);
    tell(delete.key(), true, last, before.map(ObjectRow::document));
    return revision;
  }

  private void tell(ObjectKey key, boolean deleted, byte[] document, Optional<byte[]> previous) {
    changed.add(key.resource());
    database.put(
        batch,
        Database.Column.CHANGES,
        Keys.change(key.resource(), revision),
        ChangeRow.encode(key, deleted, document, previous));
  }

  @Override
  public Revision expect(Operation.Expect expect) {
    return Revision.ZERO;
  }

  @Override
  public Revision putRecord(Operation.PutRecord put) {
    write(put.key(), record(put.key()).put(put.value()));
    return Revision.ZERO;
  }

  @Override
  public Revision deleteRecord(Operation.DeleteRecord delete) {
    RecordRow before = record(delete.key());
    if (before.live()) write(delete.key(), before.deleted());
    return Revision.ZERO;
  }

  private void write(RecordKey key, RecordRow row) {
    records.put(key, row);
    database.put(batch, Database.Column.RECORDS, Keys.record(key), row.encode());
  }

  @Override
  public Revision expectRecord(Operation.ExpectRecord expect) {
    return Revision.ZERO;
  }
}
