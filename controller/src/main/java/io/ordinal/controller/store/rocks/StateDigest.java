package io.ordinal.controller.store.rocks;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** Reads the whole state at one moment. */
final class StateDigest implements AutoCloseable {
  private final Database database;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final MessageDigest digest = sha256();

  StateDigest(Database database) {
    this.database = database;
    this.snapshot = database.snapshot();
    this.options = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  RocksState.Digest of() {
    byte[] row = database.get(Database.Column.META, options, RocksState.STANDING);
    Standing standing = Standing.decode(row);
    // Members skip entries that change nothing at different times: the position does not count.
    digest.update(new Standing(Position.NONE, standing.revision(), standing.oldest()).encode());
    for (Database.Column column : Database.Column.values()) add(column);
    return new RocksState.Digest(
        standing.position(), standing.revision(), HexFormat.of().formatHex(digest.digest()));
  }

  private void add(Database.Column column) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(column.ordinal()).flip());
    try (RocksIterator row = database.iterate(column, options)) {
      for (row.seekToFirst(); row.isValid(); row.next()) {
        if (!Arrays.equals(row.key(), RocksState.STANDING)) add(row.key(), row.value());
      }
      row.status();
    } catch (RocksDBException e) {
      throw database.fault(e);
    }
  }

  private void add(byte[] key, byte[] value) {
    digest.update(
        ByteBuffer.allocate(2 * Integer.BYTES).putInt(key.length).putInt(value.length).flip());
    digest.update(key);
    digest.update(value);
  }

  @Override
  public void close() {
    options.close();
    database.release(snapshot);
  }
}
