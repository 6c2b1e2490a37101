package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamWord;
import org.apache.pekko.util.ByteString;

/**
 * Messages of a WebSocket whose first byte names the channel: {@code v4.channel.k8s.io} and, with
 * the end of channels, {@code v5.channel.k8s.io}.
 */
final class ChannelDialect implements Dialect {
  private static final int STATUS = 3;
  private static final int SIZE = 4;
  private static final int CLOSE = 255;

  private final boolean closes;

  /**
   * @param closes whether channels can be closed one by one
   */
  ChannelDialect(boolean closes) {
    this.closes = closes;
  }

  @Override
  public void received(ByteString message, Ears ears) {
    if (message.isEmpty()) return;
    ByteString rest = message.drop(1);
    switch (message.head() & 0xff) {
      case StreamWord.INPUT -> ears.input(rest);
      case SIZE -> ears.size(rest);
      case CLOSE -> {
        if (closes && rest.size() == 1 && rest.head() == StreamWord.INPUT) ears.inputEnded();
      }
      default -> {
        // Nobody listens there.
      }
    }
  }

  @Override
  public ByteString output(int channel, ByteString bytes) {
    return ByteString.fromArrayUnsafe(new byte[] {(byte) channel}).concat(bytes);
  }

  @Override
  public ByteString status(byte[] status) {
    return output(STATUS, ByteString.fromArrayUnsafe(status));
  }

  @Override
  public ByteString ping(boolean stuck) {
    return stuck
        ? output(StreamWord.OUTPUT, ByteString.emptyByteString())
        : ByteString.emptyByteString();
  }

  @Override
  public boolean clientClosesFirst() {
    return false;
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  @Override
  public void begin(Ears ears) {
    ears.ready();
  }
}
