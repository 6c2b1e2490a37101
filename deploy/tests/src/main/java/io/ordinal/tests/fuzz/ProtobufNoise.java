package io.ordinal.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies in the binary format, by its envelope right more often than not, and wild inside. */
final class ProtobufNoise {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int LENGTH_DELIMITED = 2;

  private final Chaos chaos;

  ProtobufNoise(Chaos chaos) {
    this.chaos = chaos;
  }

  byte[] body(String apiVersion, String kind, String name) {
    ByteArrayOutputStream type = new ByteArrayOutputStream();
    field(type, 1, text(apiVersion));
    field(type, 2, text(chaos.oneIn(10) ? chaos.text() : kind));
    ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    field(metadata, 1, text(name));
    if (chaos.oneIn(2)) metadata.writeBytes(message(3));
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    field(object, 1, metadata.toByteArray());
    object.writeBytes(message(4));
    ByteArrayOutputStream unknown = new ByteArrayOutputStream();
    if (!chaos.oneIn(10)) unknown.writeBytes(MAGIC);
    field(unknown, 1, type.toByteArray());
    field(unknown, 2, object.toByteArray());
    byte[] whole = unknown.toByteArray();
    return chaos.oneIn(3) ? chaos.spoil(whole) : whole;
  }

  /** Fields of small numbers, with types that may or may not be those expected. */
  private byte[] message(int depth) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = chaos.chance.nextInt(5); i > 0; i--) {
      int number = 1 + chaos.chance.nextInt(20);
      switch (chaos.chance.nextInt(6)) {
        case 0 -> {
          varint(out, (long) number << 3);
          varint(out, chaos.oneIn(2) ? chaos.chance.nextLong() : chaos.chance.nextInt(3));
        }
        case 1 -> field(out, number, text(chaos.text()));
        case 2 -> {
          varint(out, number << 3 | chaos.chance.nextInt(8));
          for (int k = chaos.chance.nextInt(9); k > 0; k--) out.write(chaos.chance.nextInt(256));
        }
        default -> field(out, number, depth > 0 ? message(depth - 1) : new byte[0]);
      }
    }
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    varint(out, (long) number << 3 | LENGTH_DELIMITED);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
