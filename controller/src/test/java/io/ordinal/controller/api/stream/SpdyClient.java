package io.ordinal.controller.api.stream;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/** Frames as a client of SPDY/3.1 writes them. */
final class SpdyClient {
  private final SpdyHeaders headers = new SpdyHeaders();

  ByteString open(int stream, Map<String, String> named) {
    byte[] block = headers.write(named);
    ByteBuffer frame = ByteBuffer.allocate(18 + block.length);
    frame
        .putInt(0x8003_0001)
        .putInt(10 + block.length)
        .putInt(stream)
        .putInt(0)
        .putShort((short) 0);
    return ByteString.fromArray(frame.put(block).array());
  }

  static ByteString data(int stream, String text, boolean last) {
    return SpdyConnection.data(stream, ByteString.fromString(text), last);
  }

  static ByteString control(int type, int value) {
    ByteBuffer frame = ByteBuffer.allocate(12);
    return ByteString.fromArray(frame.putInt(0x8003_0000 | type).putInt(4).putInt(value).array());
  }
}
