package io.ordinal.controller.api.stream;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Headers of SPDY/3 streams: one compressed stream in each direction of a connection. */
final class SpdyHeaders {
  private static final int LARGEST = 64 * 1024;
  private static final byte[] DICTIONARY = SpdyDictionary.bytes();

  /** What cannot be read; the connection is of no use any more. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();

  SpdyHeaders() {
    deflater.setDictionary(DICTIONARY);
  }

  Map<String, String> read(byte[] block) throws Unreadable {
    try {
      return parsed(ByteBuffer.wrap(inflated(block)));
    } catch (DataFormatException | IllegalArgumentException | BufferUnderflowException e) {
      throw new Unreadable("headers that cannot be read");
    }
  }

  private byte[] inflated(byte[] block) throws DataFormatException, Unreadable {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    inflater.setInput(block);
    while (true) {
      int read = inflater.inflate(buffer);
      if (read == 0 && !inflater.needsDictionary()) return plain.toByteArray();
      if (read == 0) inflater.setDictionary(DICTIONARY);
      plain.write(buffer, 0, read);
      if (plain.size() > LARGEST) throw new Unreadable("headers that are too large");
    }
  }

  private static Map<String, String> parsed(ByteBuffer plain) throws Unreadable {
    Map<String, String> headers = new HashMap<>();
    int count = plain.getInt();
    for (int i = 0; i < count; i++) {
      String name = text(plain);
      headers.put(name, text(plain));
    }
    return headers;
  }

  private static String text(ByteBuffer plain) throws Unreadable {
    int length = plain.getInt();
    if (length < 0 || length > plain.remaining()) throw new Unreadable("a header cut off");
    byte[] bytes = new byte[length];
    plain.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  byte[] write(Map<String, String> headers) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(number(headers.size()));
    headers.forEach(
        (name, value) -> {
          for (String each : new String[] {name, value}) {
            byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
            plain.writeBytes(number(bytes.length));
            plain.writeBytes(bytes);
          }
        });
    deflater.setInput(plain.toByteArray());
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    int written;
    while ((written = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH)) > 0) {
      block.write(buffer, 0, written);
    }
    return block.toByteArray();
  }

  /** Gives back what the two streams hold outside of the heap. */
  void close() {
    inflater.end();
    deflater.end();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
