package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import io.ordinal.protocol.agent.StreamWord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** A SPDY stream for each stream of the process: {@code v4.channel.k8s.io} over SPDY/3.1. */
final class SpdyDialect implements Dialect {
  private static final ByteString NOTHING = ByteString.emptyByteString();

  private final SpdyConnection connection = new SpdyConnection();
  private final Map<String, Integer> byType = new HashMap<>();
  private final Set<String> missing = new HashSet<>(Set.of("error"));

  SpdyDialect(Wanted wanted) {
    if (wanted.stdin()) missing.add("stdin");
    if (wanted.stdout()) missing.add("stdout");
    if (wanted.stderr()) missing.add("stderr");
    if (wanted.tty()) missing.add("resize");
  }

  @Override
  public void begin(Ears ears) {
    // The client opens the streams.
  }

  @Override
  public void received(ByteString bytes, Ears ears) {
    connection.received(bytes, new Streams(ears));
  }

  private boolean is(String type, int stream) {
    return byType.getOrDefault(type, -1) == stream;
  }

  @Override
  public ByteString output(int channel, ByteString bytes) {
    Integer stream = byType.get(channel == StreamWord.ERRORS ? "stderr" : "stdout");
    return stream == null ? NOTHING : SpdyConnection.data(stream, bytes, false);
  }

  @Override
  public ByteString status(byte[] status) {
    ByteString all = NOTHING;
    for (String type : new String[] {"stdout", "stderr"}) {
      Integer stream = byType.get(type);
      if (stream != null) all = all.concat(SpdyConnection.data(stream, NOTHING, true));
    }
    Integer error = byType.get("error");
    if (error == null) return all;
    return SpdyConnection.data(error, ByteString.fromArrayUnsafe(status), true).concat(all);
  }

  @Override
  public ByteString ping(boolean stuck) {
    return connection.ping();
  }

  @Override
  public boolean clientClosesFirst() {
    return true;
  }

  @Override
  public void close() {
    connection.close();
  }

  private final class Streams implements SpdyConnection.Ears {
    private final Ears ears;

    Streams(Ears ears) {
      this.ears = ears;
    }

    @Override
    public void opened(int stream, Map<String, String> headers) {
      String type = headers.getOrDefault("streamtype", "");
      if (byType.putIfAbsent(type, stream) != null) {
        ears.broken("two streams of the type " + type);
        return;
      }
      boolean awaited = missing.remove(type);
      if (awaited && missing.isEmpty()) ears.ready();
    }

    @Override
    public void data(int stream, ByteString bytes) {
      if (is("stdin", stream)) ears.input(bytes);
      if (is("resize", stream)) ears.size(bytes);
    }

    @Override
    public void ended(int stream) {
      if (is("stdin", stream)) ears.inputEnded();
    }

    @Override
    public void reset(int stream) {
      if (is("stdin", stream)) ears.inputEnded();
    }

    @Override
    public void reply(ByteString bytes) {
      ears.reply(bytes);
    }

    @Override
    public void broken(String why) {
      ears.broken(why);
    }
  }
}
