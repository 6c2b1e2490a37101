package io.ordinal.controller.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** The state at one moment. Must be closed before the database is. */
final class SnapshotView implements View, AutoCloseable {
  private final Database database;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final Standing standing;

  SnapshotView(Database database) {
    this.database = database;
    this.snapshot = database.snapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
    this.standing =
        Standing.decode(database.get(Database.Column.META, options, RocksState.STANDING));
  }

  @Override
  public Revision revision() {
    return standing.revision();
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    byte[] row = database.get(Database.Column.OBJECTS, options, Keys.object(key));
    return Optional.ofNullable(row).map(found -> ObjectRow.decode(found).stored(key));
  }

  @Override
  public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
    byte[] prefix = Keys.objects(resource, namespace);
    walk(
        Database.Column.OBJECTS,
        prefix,
        Keys.after(prefix),
        (key, row) -> visitor.test(ObjectRow.decode(row).stored(Keys.object(key))));
  }

  @Override
  public void scanAfter(ObjectKey after, String namespace, Predicate<StoredObject> visitor) {
    walkAfter(
        after,
        namespace,
        row -> visitor.test(ObjectRow.decode(row.value()).stored(Keys.object(row.key()))));
  }

  /** Copies nothing of what it counts. */
  @Override
  public long countAfter(ObjectKey after, String namespace) {
    long[] count = {0};
    walkAfter(after, namespace, row -> ++count[0] > 0);
    return count[0];
  }

  private void walkAfter(ObjectKey after, String namespace, Predicate<RocksIterator> visitor) {
    byte[] prefix = Keys.objects(after.resource(), namespace);
    byte[] behind = Keys.next(Keys.object(after));
    boolean within = Arrays.compareUnsigned(behind, prefix) > 0;
    byte[] end = Keys.after(prefix);
    if (Arrays.compareUnsigned(behind, end) >= 0) return;
    visit(Database.Column.OBJECTS, within ? behind : prefix, end, visitor);
  }

  @Override
  public Optional<StoredRecord> record(RecordKey key) {
    return row(key).stored(key);
  }

  @Override
  public long recordVersion(RecordKey key) {
    return row(key).version();
  }

  private RecordRow row(RecordKey key) {
    byte[] row = database.get(Database.Column.RECORDS, options, Keys.record(key));
    return row == null ? RecordRow.NEVER_WRITTEN : RecordRow.decode(row);
  }

  @Override
  public List<StoredRecord> records(String family) {
    List<StoredRecord> found = new ArrayList<>();
    byte[] prefix = Keys.records(family);
    walk(
        Database.Column.RECORDS,
        prefix,
        Keys.after(prefix),
        (key, row) -> {
          RecordRow.decode(row).stored(Keys.record(key)).ifPresent(found::add);
          return true;
        });
    return found;
  }

  @Override
  public List<Change> changes(ResourceName resource, String namespace, Revision after, int most)
      throws Compacted {
    List<Change> found = new ArrayList<>();
    visitChanges(
        resource,
        namespace,
        after,
        change -> {
          if (found.size() < most) found.add(change);
          return found.size() < most;
        });
    return found;
  }

  @Override
  public void visitChanges(
      ResourceName resource, String namespace, Revision after, Predicate<Change> visitor)
      throws Compacted {
    if (standing.oldest().isAfter(after)) throw new Compacted(after, standing.oldest());
    if (after.equals(standing.revision())) return;
    byte[] wanted = namespace.getBytes(UTF_8);
    walk(
        Database.Column.CHANGES,
        Keys.change(resource, after.plus(1)),
        Keys.after(Keys.changes(resource)),
        (key, row) -> {
          if (wanted.length > 0 && !ChangeRow.isIn(wanted, row)) return true;
          return visitor.test(ChangeRow.decode(resource, Keys.revision(key), row));
        });
  }

  private void walk(
      Database.Column column, byte[] from, byte[] to, BiPredicate<byte[], byte[]> visitor) {
    visit(column, from, to, row -> visitor.test(row.key(), row.value()));
  }

  private void visit(
      Database.Column column, byte[] from, byte[] to, Predicate<RocksIterator> visitor) {
    try (Slice end = new Slice(to);
        ReadOptions bounded = new ReadOptions().setSnapshot(snapshot).setIterateUpperBound(end);
        RocksIterator row = database.iterate(column, bounded)) {
      row.seek(from);
      while (row.isValid() && visitor.test(row)) row.next();
      row.status(); // An iterator that met a damaged block just ends; this tells.
    } catch (RocksDBException e) {
      throw database.fault(e);
    }
  }

  @Override
  public void close() {
    options.close();
    database.release(snapshot);
    snapshot.close();
  }
}
