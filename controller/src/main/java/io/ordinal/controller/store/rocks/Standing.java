package io.ordinal.controller.store.rocks;

import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;

/**
 * Where the state as a whole stands; written with every entry.
 *
 * @param oldest changes after this revision are still in the feed
 */
record Standing(Position position, Revision revision, Revision oldest) {
  static final Standing EMPTY = new Standing(Position.NONE, Revision.ZERO, Revision.ZERO);
  private static final int FORMAT = 1;

  byte[] encode() {
    return ByteBuffer.allocate(Integer.BYTES + 4 * Long.BYTES)
        .putInt(FORMAT)
        .putLong(position.term())
        .putLong(position.index())
        .putLong(revision.value())
        .putLong(oldest.value())
        .array();
  }

  static Standing decode(byte[] row) {
    if (row == null) return EMPTY;
    ByteBuffer in = ByteBuffer.wrap(row);
    int format = in.getInt();
    if (format != FORMAT)
      throw new DatabaseFault(
          "expected a database of format " + FORMAT + ", found format " + format, null);
    Position position = new Position(in.getLong(), in.getLong());
    return new Standing(position, new Revision(in.getLong()), new Revision(in.getLong()));
  }
}
