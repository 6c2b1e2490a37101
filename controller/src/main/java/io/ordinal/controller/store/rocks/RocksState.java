package io.ordinal.controller.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * What one member has applied of the log. Entries are applied by one thread in the order of the
 * log; reads come from any thread and see whole entries only.
 *
 * <p>What was applied is in memory until RocksDB flushes it or {@link #checkpoint} or {@link
 * #close} is called: after a crash {@link #position} tells from where the log must be replayed.
 */
public final class RocksState implements AutoCloseable {
  static final byte[] STANDING = "standing".getBytes(UTF_8);

  private final Database database;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private final Proposals proposals;
  private final Set<KeptState> kept = ConcurrentHashMap.newKeySet();
  private volatile Standing standing;
  private boolean closed;

  private RocksState(Database database) {
    this.database = database;
    this.standing = Standing.decode(database.get(Database.Column.META, STANDING));
    this.proposals = new Proposals(database);
  }

  /**
   * Opens or creates the database.
   *
   * @throws DatabaseFault when it is damaged or in use
   */
  public static RocksState open(Path directory, RocksSettings settings) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new DatabaseFault("the directory " + directory + " cannot be made", e);
    }
    return new RocksState(new Database(directory, settings));
  }

  /** Of the last applied entry. */
  public Position position() {
    return standing.position();
  }

  public Revision revision() {
    return standing.revision();
  }

  /** Changes after this revision are still in the feed. */
  public Revision oldestChange() {
    return standing.oldest();
  }

  /**
   * Applies an entry, unless it is a repetition. The caller skips entries that are not after {@link
   * #position}.
   *
   * @throws DatabaseFault and has no effect then
   */
  public Applied apply(Position position, Origin origin, LogEntry entry) {
    if (!position.isAfter(standing.position()))
      throw new IllegalArgumentException(position + " was applied before " + standing.position());
    if (proposals.applied(origin)) {
      skip(position);
      return new Applied(List.of(), revision(), Set.of(), true);
    }
    return entry.match(
        new LogEntry.Cases<>() {
          @Override
          public Applied batch(LogEntry.Batch batch) {
            return applyBatch(position, origin, batch);
          }

          @Override
          public Applied purgeFeed(LogEntry.PurgeFeed purge) {
            return applyPurge(position, origin, purge);
          }
        });
  }

  private Applied applyBatch(Position position, Origin origin, LogEntry.Batch entry) {
    Revision before = standing.revision();
    try (WriteBatch batch = new WriteBatch()) {
      BatchApplication application = new BatchApplication(database, batch, before);
      List<Outcome> outcomes = new ArrayList<>(entry.transactions().size());
      for (Transaction transaction : entry.transactions())
        outcomes.add(application.apply(transaction));
      proposals.note(batch, origin, position);
      write(batch, new Standing(position, application.revision(), standing.oldest()));
      return new Applied(outcomes, revision(), application.changed(), false);
    }
  }

  private Applied applyPurge(Position position, Origin origin, LogEntry.PurgeFeed purge) {
    Revision upTo = purge.upTo().isAfter(revision()) ? revision() : purge.upTo();
    Revision oldest = upTo.isAfter(standing.oldest()) ? upTo : standing.oldest();
    try (WriteBatch batch = new WriteBatch()) {
      for (byte[] resource : resourcesInFeed()) {
        byte[] from = Keys.change(resource, Revision.ZERO);
        byte[] to = Keys.change(resource, oldest.plus(1));
        database.deleteRange(batch, Database.Column.CHANGES, from, to);
      }
      proposals.note(batch, origin, position);
      write(batch, new Standing(position, revision(), oldest));
    }
    return new Applied(List.of(), revision(), Set.of(), false);
  }

  private List<byte[]> resourcesInFeed() {
    List<byte[]> found = new ArrayList<>();
    try (ReadOptions options = new ReadOptions();
        RocksIterator row = database.iterate(Database.Column.CHANGES, options)) {
      row.seekToFirst();
      while (row.isValid()) {
        byte[] prefix = Keys.resourcePrefix(row.key());
        found.add(prefix);
        row.seek(Keys.after(prefix));
      }
    }
    return found;
  }

  private void write(WriteBatch batch, Standing next) {
    database.put(batch, Database.Column.META, STANDING, next.encode());
    database.write(batch);
    standing = next;
  }

  /** Notes an entry that holds nothing for the state, such as a change of the members. */
  public void skip(Position position) {
    if (!position.isAfter(standing.position())) return;
    try (WriteBatch batch = new WriteBatch()) {
      write(batch, new Standing(position, standing.revision(), standing.oldest()));
    }
  }

  /**
   * Makes this state the beginning of another history, with a log and members of its own. Nothing
   * of the feed is kept: watchers must list again.
   *
   * @param revision higher than any that was given out before
   */
  public void beginAnew(Position position, Revision revision) {
    if (!revision.isAfter(standing.revision()))
      throw new IllegalArgumentException(
          "expected a revision after " + standing.revision() + ", found " + revision);
    try (WriteBatch batch = new WriteBatch()) {
      for (byte[] resource : resourcesInFeed())
        database.deleteRange(
            batch,
            Database.Column.CHANGES,
            Keys.change(resource, Revision.ZERO),
            Keys.after(resource));
      write(batch, new Standing(position, revision, revision));
    }
  }

  /**
   * Runs the query over the state as it is now.
   *
   * @throws StoreUnavailable once closed
   */
  public <T> T read(Function<View, T> query) {
    return whileOpen(
        () -> {
          try (SnapshotView view = new SnapshotView(database)) {
            return query.apply(view);
          }
        });
  }

  /**
   * Keeps the state as it is now, until that is closed.
   *
   * @throws StoreUnavailable once closed
   */
  public KeptState keep() {
    return whileOpen(
        () -> {
          KeptState made = new KeptState(this, new SnapshotView(database));
          kept.add(made);
          return made;
        });
  }

  /** Once closed this has let go of everything. */
  void letGo(KeptState one) {
    use.readLock().lock();
    try {
      kept.remove(one);
      one.release();
    } finally {
      use.readLock().unlock();
    }
  }

  private void letGoOfAll() {
    kept.forEach(KeptState::release);
    kept.clear();
  }

  /** How many moments are kept. */
  public int kept() {
    return kept.size();
  }

  <T> T whileOpen(Supplier<T> work) {
    use.readLock().lock();
    try {
      if (closed) throw new StoreUnavailable("the store is closed", null);
      return work.get();
    } finally {
      use.readLock().unlock();
    }
  }

  /**
   * @param sha256 of everything in the state but the position, hexadecimal
   */
  public record Digest(Position position, Revision revision, String sha256) {}

  /**
   * Equal on all members that have applied the same.
   *
   * @throws StoreUnavailable once closed
   */
  public Digest digest() {
    return whileOpen(
        () -> {
          try (StateDigest digest = new StateDigest(database)) {
            return digest.of();
          }
        });
  }

  /**
   * Makes a copy of the state, mostly of hard links, in a directory that must not exist yet.
   *
   * @throws StoreUnavailable once closed
   */
  public void checkpoint(Path directory) {
    whileOpen(
        () -> {
          database.checkpoint(directory);
          return null;
        });
  }

  /**
   * What the state takes on disk.
   *
   * @throws StoreUnavailable once closed
   */
  public long sizeBytes() {
    return whileOpen(database::sizeBytes);
  }

  /** Waits for the queries that run, lets go of what is kept, flushes, and closes. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (closed) return;
      closed = true;
      letGoOfAll();
      try {
        database.flush();
      } finally {
        database.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Closes as a crash would: what was not flushed is lost. */
  void closeWithoutFlush() {
    use.writeLock().lock();
    try {
      closed = true;
      letGoOfAll();
      database.close();
    } finally {
      use.writeLock().unlock();
    }
  }
}
