package io.ordinal.controller.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The order of things in the database. Parts end with a zero byte, which no part contains. */
final class Keys {
  private Keys() {}

  static byte[] object(ObjectKey key) {
    return (key.resource().value() + '\0' + key.namespace() + '\0' + key.name()).getBytes(UTF_8);
  }

  /** Begins the keys of all objects of a resource, or of those in one namespace of it. */
  static byte[] objects(ResourceName resource, String namespace) {
    String all = resource.value() + '\0';
    return (namespace.isEmpty() ? all : all + namespace + '\0').getBytes(UTF_8);
  }

  static ObjectKey object(byte[] key) {
    int first = zero(key, 0);
    int second = zero(key, first + 1);
    return new ObjectKey(
        new ResourceName(text(key, 0, first)),
        text(key, first + 1, second),
        text(key, second + 1, key.length));
  }

  static byte[] record(RecordKey key) {
    return (key.family() + '\0' + key.id()).getBytes(UTF_8);
  }

  static byte[] records(String family) {
    return (family + '\0').getBytes(UTF_8);
  }

  static RecordKey record(byte[] key) {
    int end = zero(key, 0);
    return new RecordKey(text(key, 0, end), text(key, end + 1, key.length));
  }

  static byte[] change(ResourceName resource, Revision revision) {
    return change((resource.value() + '\0').getBytes(UTF_8), revision);
  }

  static byte[] change(byte[] resourcePrefix, Revision revision) {
    return ByteBuffer.allocate(resourcePrefix.length + Long.BYTES)
        .put(resourcePrefix)
        .putLong(revision.value())
        .array();
  }

  static byte[] changes(ResourceName resource) {
    return (resource.value() + '\0').getBytes(UTF_8);
  }

  /** The part of a change's key that names its resource, with the zero byte. */
  static byte[] resourcePrefix(byte[] changeKey) {
    return Arrays.copyOf(changeKey, zero(changeKey, 0) + 1);
  }

  static Revision revision(byte[] changeKey) {
    return new Revision(ByteBuffer.wrap(changeKey).getLong(changeKey.length - Long.BYTES));
  }

  /** The first key after all that begin with the prefix, which ends with a zero byte. */
  static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    end[end.length - 1] = 1;
    return end;
  }

  /** The first key that can stand behind this one. */
  static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private static int zero(byte[] key, int from) {
    for (int i = from; i < key.length; i++) if (key[i] == 0) return i;
    throw new DatabaseFault(
        "expected a zero byte in the key '" + text(key, 0, key.length) + "'", null);
  }

  private static String text(byte[] key, int from, int to) {
    return new String(key, from, to - from, UTF_8);
  }
}
