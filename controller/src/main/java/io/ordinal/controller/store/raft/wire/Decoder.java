package io.ordinal.controller.store.raft.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Reads what {@link Encoder} wrote; strict. */
final class Decoder {
  private final ByteBuffer in;

  Decoder(ByteBuffer in) {
    this.in = in;
  }

  int tag() {
    need(1);
    return in.get();
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) return value;
    }
    throw new UndecodableEntry("expected a number of at most ten bytes, found more");
  }

  /** A number of things that follow, each at least a byte. */
  int count() {
    long count = number();
    if (count < 0 || count > in.remaining())
      throw new UndecodableEntry(
          "expected " + count + " more bytes or parts, found " + in.remaining() + " bytes");
    return (int) count;
  }

  String text() {
    return new String(bytes(), UTF_8);
  }

  byte[] bytes() {
    byte[] value = new byte[count()];
    in.get(value);
    return value;
  }

  void end() {
    if (in.hasRemaining())
      throw new UndecodableEntry("expected the end, found " + in.remaining() + " more bytes");
  }

  private void need(int bytes) {
    if (in.remaining() < bytes) throw new UndecodableEntry("expected more, found the end");
  }
}
