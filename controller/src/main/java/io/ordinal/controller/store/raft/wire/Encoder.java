package io.ordinal.controller.store.raft.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Appends primitive parts to a growing array. */
final class Encoder {
  private byte[] bytes;
  private int size;

  Encoder(int expectedSize) {
    this.bytes = new byte[expectedSize];
  }

  Encoder tag(int tag) {
    room(1);
    bytes[size++] = (byte) tag;
    return this;
  }

  /** Seven bits a byte, lowest first. */
  Encoder number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  Encoder text(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  Encoder bytes(byte[] value) {
    number(value.length);
    return raw(value);
  }

  Encoder raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
  }

  byte[] encoded() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
