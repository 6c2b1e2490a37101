package io.ordinal.controller.api.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Puts one protobuf message together, field by field. What is empty or absent is left out. */
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtobufWriter text(int number, JsonNode text) {
    return text(number, text.asString(""));
  }

  ProtobufWriter text(int number, String text) {
    return text.isEmpty() ? this : field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufWriter flag(int number, JsonNode flag) {
    if (!flag.asBoolean(false)) return this;
    varint(number << 3 | VARINT);
    varint(1);
    return this;
  }

  /** An empty message stands where it is put: that it is there says something. */
  ProtobufWriter message(int number, ProtobufWriter message) {
    return field(number, message.bytes());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private ProtobufWriter field(int number, byte[] value) {
    varint(number << 3 | BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
