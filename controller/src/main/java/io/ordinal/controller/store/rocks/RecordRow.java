package io.ordinal.controller.store.rocks;

import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A record as it stands in the database; a deleted one keeps its row for its version. */
record RecordRow(long version, boolean live, byte[] value) {
  static final RecordRow NEVER_WRITTEN = new RecordRow(0, false, new byte[0]);

  RecordRow put(byte[] next) {
    return new RecordRow(version + 1, true, next);
  }

  RecordRow deleted() {
    return new RecordRow(version + 1, false, new byte[0]);
  }

  Optional<StoredRecord> stored(RecordKey key) {
    return live ? Optional.of(new StoredRecord(key, version, value)) : Optional.empty();
  }

  byte[] encode() {
    return ByteBuffer.allocate(Long.BYTES + 1 + value.length)
        .putLong(version)
        .put((byte) (live ? 1 : 0))
        .put(value)
        .array();
  }

  static RecordRow decode(byte[] row) {
    ByteBuffer in = ByteBuffer.wrap(row);
    long version = in.getLong();
    boolean live = in.get() == 1;
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return new RecordRow(version, live, value);
  }
}
