package io.ordinal.controller.store.rocks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;

/**
 * An object as it stands in the database.
 *
 * @param hole where the digits of the revision begin in the document
 */
record ObjectRow(
    Revision revision, Revision created, long generation, int hole, String uid, byte[] document) {
  private static final int FIXED = 3 * Long.BYTES + Integer.BYTES + Short.BYTES;

  /** Writes the revision into the draft. */
  static ObjectRow of(Draft draft, Revision revision, Revision created) {
    byte[] document = filled(draft.bytes(), draft.hole(), draft.hole(), revision);
    return new ObjectRow(
        revision, created, draft.generation(), draft.hole(), draft.uid(), document);
  }

  /** The document as it was, with another revision in it: what watchers see of a delete. */
  byte[] documentAt(Revision last) {
    return filled(document, hole, hole + revision.toString().length(), last);
  }

  StoredObject stored(ObjectKey key) {
    return new StoredObject(key, revision, created, uid, generation, document);
  }

  byte[] encode() {
    byte[] id = uid.getBytes(UTF_8);
    return ByteBuffer.allocate(FIXED + id.length + document.length)
        .putLong(revision.value())
        .putLong(created.value())
        .putLong(generation)
        .putInt(hole)
        .putShort((short) id.length)
        .put(id)
        .put(document)
        .array();
  }

  static ObjectRow decode(byte[] row) {
    ByteBuffer in = ByteBuffer.wrap(row);
    Revision revision = new Revision(in.getLong());
    Revision created = new Revision(in.getLong());
    long generation = in.getLong();
    int hole = in.getInt();
    byte[] id = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(id);
    byte[] document = new byte[in.remaining()];
    in.get(document);
    return new ObjectRow(revision, created, generation, hole, new String(id, UTF_8), document);
  }

  private static byte[] filled(byte[] text, int start, int end, Revision revision) {
    byte[] digits = revision.toString().getBytes(US_ASCII);
    return ByteBuffer.allocate(text.length - (end - start) + digits.length)
        .put(text, 0, start)
        .put(digits)
        .put(text, end, text.length - end)
        .array();
  }
}
