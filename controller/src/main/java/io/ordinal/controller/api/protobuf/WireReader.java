package io.ordinal.controller.api.protobuf;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks over the fields of one protobuf message. */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] message;
  private int position;
  private int number;
  private int type;

  WireReader(byte[] message) {
    this.message = message;
  }

  /** Steps to the next field; false at the end. */
  boolean next() {
    if (position >= message.length) return false;
    long key = varint();
    number = (int) (key >>> 3);
    type = (int) (key & 7);
    return true;
  }

  int number() {
    return number;
  }

  long integer() {
    require(VARINT);
    return varint();
  }

  byte[] bytes() {
    require(BYTES);
    long length = varint();
    if (length < 0 || length > message.length - position) throw malformed();
    byte[] value = Arrays.copyOfRange(message, position, position + (int) length);
    position += (int) length;
    return value;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  void skip() {
    switch (type) {
      case VARINT -> varint();
      case BYTES -> bytes();
      case FIXED64 -> advance(8);
      case FIXED32 -> advance(4);
      default -> throw malformed();
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= message.length) throw malformed();
      byte each = message[position++];
      value |= (long) (each & 0x7f) << shift;
      if (each >= 0) return value;
    }
    throw malformed();
  }

  private void advance(int bytes) {
    if (bytes > message.length - position) throw malformed();
    position += bytes;
  }

  private void require(int expected) {
    if (type != expected) throw malformed();
  }

  private StatusException malformed() {
    return Refusal.badRequest(
        "the body is not the protobuf that its type says: field "
            + number
            + " breaks at byte "
            + position);
  }
}
