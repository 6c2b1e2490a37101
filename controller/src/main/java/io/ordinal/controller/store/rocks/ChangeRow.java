package io.ordinal.controller.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A change as it stands in the feed; its resource and revision are in the key. */
final class ChangeRow {
  private static final int DELETED = 1;
  private static final int HAS_PREVIOUS = 2;

  private ChangeRow() {}

  static byte[] encode(ObjectKey key, boolean deleted, byte[] document, Optional<byte[]> previous) {
    byte[] namespace = key.namespace().getBytes(UTF_8);
    byte[] name = key.name().getBytes(UTF_8);
    byte[] before = previous.orElse(new byte[0]);
    int flags = (deleted ? DELETED : 0) | (previous.isPresent() ? HAS_PREVIOUS : 0);
    int size = 1 + 2 * Short.BYTES + Integer.BYTES + namespace.length + name.length;
    return ByteBuffer.allocate(size + document.length + before.length)
        .put((byte) flags)
        .putShort((short) namespace.length)
        .put(namespace)
        .putShort((short) name.length)
        .put(name)
        .putInt(document.length)
        .put(document)
        .put(before)
        .array();
  }

  /** Whether the change happened in the namespace, without decoding the rest. */
  static boolean isIn(byte[] namespace, byte[] row) {
    ByteBuffer in = ByteBuffer.wrap(row, 1, row.length - 1);
    int length = Short.toUnsignedInt(in.getShort());
    int from = in.position();
    return Arrays.equals(row, from, from + length, namespace, 0, namespace.length);
  }

  static Change decode(ResourceName resource, Revision revision, byte[] row) {
    ByteBuffer in = ByteBuffer.wrap(row);
    int flags = in.get();
    String namespace = new String(bytes(in, Short.toUnsignedInt(in.getShort())), UTF_8);
    String name = new String(bytes(in, Short.toUnsignedInt(in.getShort())), UTF_8);
    byte[] document = bytes(in, in.getInt());
    Optional<byte[]> previous =
        (flags & HAS_PREVIOUS) == 0 ? Optional.empty() : Optional.of(bytes(in, in.remaining()));
    ObjectKey key = new ObjectKey(resource, namespace, name);
    return new Change(revision, key, (flags & DELETED) != 0, document, previous);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] found = new byte[length];
    in.get(found);
    return found;
  }
}
