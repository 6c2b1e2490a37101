package io.ordinal.bench;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A protobuf message, as far as etcd's answers need it: numbers and bytes by field number. */
final class EtcdMessage {
  private static final int NUMBER = 0;
  private static final int BYTES = 2;

  private final Map<Integer, Long> numbers = new HashMap<>();
  private final Map<Integer, byte[]> parts = new HashMap<>();

  EtcdMessage(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      switch (tag & 7) {
        case NUMBER -> numbers.put(tag >>> 3, varint(in));
        case BYTES -> {
          byte[] part = new byte[(int) varint(in)];
          in.get(part);
          parts.put(tag >>> 3, part);
        }
        default -> throw new IllegalArgumentException("unexpected wire type " + (tag & 7));
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) return value;
    }
  }

  long number(int field) {
    return numbers.getOrDefault(field, 0L);
  }

  byte[] bytes(int field) {
    return parts.getOrDefault(field, new byte[0]);
  }
}
