package io.ordinal.controller.api.stream;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/**
 * The server's end of a SPDY/3.1 connection: as much of it as Kubernetes' clients use. Nobody keeps
 * to its windows: they write as fast as the connection takes it.
 */
final class SpdyConnection {
  /** Who hears the client. */
  interface Ears {
    void opened(int stream, Map<String, String> headers);

    void data(int stream, ByteString bytes);

    /** The client sends nothing more on the stream. */
    void ended(int stream);

    /** The client has no use for the stream any more. */
    void reset(int stream);

    /** Is to be sent for the connection's own sake. */
    void reply(ByteString bytes);

    /** The client says goodbye, or what cannot be understood. */
    void broken(String why);
  }

  private static final int HEADER = 8;
  private static final int CONTROL = 0x8003_0000;
  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int FIN = 1;
  private static final int CANCEL = 5;
  private static final int LARGEST_CONTROL = 64 * 1024;

  private final SpdyHeaders headers = new SpdyHeaders();
  private ByteString unread = ByteString.emptyByteString();
  private boolean inData;
  private int dataStream;
  private int dataLeft;
  private boolean dataLast;
  private int pings;
  private boolean broken;

  void received(ByteString bytes, Ears ears) {
    unread = unread.concat(bytes);
    while (!broken && (inData ? readData(ears) : readFrame(ears))) {
      // As long as there is something whole.
    }
  }

  private boolean readData(Ears ears) {
    ByteString part = unread.take(dataLeft);
    unread = unread.drop(part.size());
    dataLeft -= part.size();
    if (!part.isEmpty()) ears.data(dataStream, part);
    if (dataLeft > 0) return false;
    inData = false;
    if (dataLast) ears.ended(dataStream);
    return true;
  }

  private boolean readFrame(Ears ears) {
    if (unread.size() < HEADER) return false;
    ByteBuffer header = unread.take(HEADER).toByteBuffer();
    int first = header.getInt();
    int second = header.getInt();
    int length = second & 0xff_ffff;
    boolean last = (second >>> 24 & FIN) != 0;
    if (first >= 0) {
      unread = unread.drop(HEADER);
      inData = true;
      dataStream = first;
      dataLeft = length;
      dataLast = last;
      return true;
    }
    if (length > LARGEST_CONTROL || (first >>> 16) != (CONTROL >>> 16)) {
      breakOff("a frame that is not SPDY/3", ears);
      return false;
    }
    if (unread.size() < HEADER + length) return false;
    ByteString whole = unread.take(HEADER + length);
    unread = unread.drop(HEADER + length).compact();
    control(first & 0xffff, last, whole, ears);
    return true;
  }

  private void control(int type, boolean last, ByteString frame, Ears ears) {
    ByteString body = frame.drop(HEADER);
    switch (type) {
      case SYN_STREAM -> open(body, last, ears);
      case RST_STREAM -> {
        if (body.size() >= Integer.BYTES) ears.reset(body.toByteBuffer().getInt());
      }
      case PING -> {
        if (body.size() == Integer.BYTES && isTheirs(body)) ears.reply(frame);
      }
      case GOAWAY -> breakOff("goodbye", ears);
      default -> {
        // SETTINGS, HEADERS, WINDOW_UPDATE: nothing follows from them.
      }
    }
  }

  private void open(ByteString body, boolean last, Ears ears) {
    if (body.size() < 10) {
      breakOff("a stream that is cut off", ears);
      return;
    }
    int stream = body.toByteBuffer().getInt() & 0x7fff_ffff;
    try {
      Map<String, String> read = headers.read(body.drop(10).toArray());
      ByteString block = ByteString.fromArrayUnsafe(headers.write(Map.of()));
      ByteBuffer head = ByteBuffer.allocate(HEADER + Integer.BYTES);
      head.putInt(CONTROL | SYN_REPLY).putInt(Integer.BYTES + block.size()).putInt(stream);
      ears.reply(ByteString.fromArrayUnsafe(head.array()).concat(block));
      ears.opened(stream, read);
      if (last) ears.ended(stream);
    } catch (SpdyHeaders.Unreadable e) {
      breakOff(e.getMessage(), ears);
    }
  }

  private void breakOff(String why, Ears ears) {
    broken = true;
    ears.broken(why);
  }

  /** Pings of clients are odd; the others answer ours. */
  private static boolean isTheirs(ByteString number) {
    return (number.toByteBuffer().getInt() & 1) == 1;
  }

  static ByteString data(int stream, ByteString bytes, boolean last) {
    ByteBuffer head = ByteBuffer.allocate(HEADER);
    head.putInt(stream).putInt((last ? FIN << 24 : 0) | bytes.size());
    return ByteString.fromArrayUnsafe(head.array()).concat(bytes);
  }

  static ByteString reset(int stream) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER + 2 * Integer.BYTES);
    frame.putInt(CONTROL | RST_STREAM).putInt(2 * Integer.BYTES).putInt(stream).putInt(CANCEL);
    return ByteString.fromArrayUnsafe(frame.array());
  }

  ByteString ping() {
    pings += 2;
    ByteBuffer frame = ByteBuffer.allocate(HEADER + Integer.BYTES);
    frame.putInt(CONTROL | PING).putInt(Integer.BYTES).putInt(pings);
    return ByteString.fromArrayUnsafe(frame.array());
  }

  void close() {
    broken = true;
    headers.close();
  }
}
