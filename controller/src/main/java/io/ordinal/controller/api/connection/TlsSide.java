package io.ordinal.controller.api.connection;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.apache.pekko.util.ByteString;

/**
 * Our side of a TLS connection: seals what is to be sent, opens what came. Between calls it holds
 * only bytes that cannot be worked on yet. Not thread safe, and not to be called while tasks of its
 * handshake are being done.
 */
final class TlsSide {
  /**
   * What the engines of a thread work in, for as long as one call lasts: thousands of connections
   * share a few of them.
   */
  private static final class Desk {
    private static final int BYTES = 1 << 16; // Several records: each is 17 KiB at most.
    private static final ThreadLocal<Desk> OF_THREAD = ThreadLocal.withInitial(Desk::new);

    private final ByteBuffer from = ByteBuffer.allocate(BYTES);
    private final ByteBuffer into = ByteBuffer.allocate(BYTES);

    static Desk cleared() {
      Desk desk = OF_THREAD.get();
      desk.from.clear();
      desk.into.clear();
      return desk;
    }

    ByteString result() {
      into.flip();
      return into.hasRemaining() ? ByteString.fromByteBuffer(into) : ByteString.emptyByteString();
    }
  }

  /** Of the session that there is before the first handshake. */
  private static final String NO_PROTOCOL = "NONE";

  private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

  private final SSLEngine engine;
  private ByteString unsealed = ByteString.emptyByteString();
  private ByteString unopened = ByteString.emptyByteString();
  private boolean starved = true;
  private boolean closing;
  private boolean sentAll;
  private boolean heardAll;
  private boolean moved;

  TlsSide(SSLEngine engine) {
    this.engine = engine;
  }

  /** Bytes came from the other side. */
  void received(ByteString sealed) {
    if (heardAll) return; // Nothing counts that comes after the end.
    unopened = unopened.isEmpty() ? sealed : unopened.concat(sealed);
    starved = false;
  }

  /** Whether nothing can be opened before more is {@link #received}. */
  boolean isStarved() {
    return starved;
  }

  /** Not before all that was given is sealed. */
  void send(ByteString open) {
    unsealed = open;
  }

  boolean hasSealedAll() {
    return unsealed.isEmpty();
  }

  /** Nothing more is sent but what was given already, and a word that this is the end. */
  void close() {
    closing = true;
  }

  /** Whether the other side was told the end. */
  boolean sentAll() {
    return sentAll;
  }

  /** Whether the other side has told the end. */
  boolean heardAll() {
    return heardAll;
  }

  /** Whether the engine has got on since this was asked last, so that it may be able to again. */
  boolean moved() {
    boolean was = moved;
    moved = false;
    return was;
  }

  /** The session that both have agreed on. */
  SSLSession session() {
    return engine.getSession();
  }

  /** Whether the first handshake is over. */
  boolean hasGreeted() {
    return status() == HandshakeStatus.NOT_HANDSHAKING
        && !engine.getSession().getProtocol().equals(NO_PROTOCOL);
  }

  /** What has to be done, by any thread, before anything else can be; null if there is nothing. */
  Runnable task() {
    return status() == HandshakeStatus.NEED_TASK ? engine.getDelegatedTask() : null;
  }

  /** The next bytes for the other side; empty when there are none now. */
  ByteString seal() throws SSLException {
    if (sentAll) return ByteString.emptyByteString();
    if (closing && unsealed.isEmpty() && !engine.isOutboundDone()) engine.closeOutbound();
    sentAll = engine.isOutboundDone(); // So is one whose other side has not even greeted.
    if (!hasToSeal()) return ByteString.emptyByteString();
    Desk desk = Desk.cleared();
    ByteBuffer[] open = unsealed.isEmpty() ? NOTHING : buffers(unsealed);
    int most = engine.getSession().getPacketBufferSize();
    int sealed = 0;
    while (hasToSeal(unsealed.size() - sealed) && desk.into.remaining() >= most) {
      SSLEngineResult result = engine.wrap(open, desk.into);
      sealed += result.bytesConsumed();
      if (result.getStatus() == Status.CLOSED) {
        sentAll = true;
        break;
      }
      if (!moves(result)) break;
    }
    if (engine.isOutboundDone()) sentAll = true;
    unsealed = unsealed.drop(sealed);
    return desk.result();
  }

  private boolean hasToSeal() {
    return hasToSeal(unsealed.size());
  }

  private boolean hasToSeal(int open) {
    return switch (status()) {
      case NEED_WRAP -> true;
      case NEED_TASK, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> false;
      case FINISHED, NOT_HANDSHAKING -> open > 0;
    };
  }

  /** The next bytes from the other side; empty when there are none now. */
  ByteString open() throws SSLException {
    if (starved || heardAll || !mayOpen()) return ByteString.emptyByteString();
    Desk desk = Desk.cleared();
    unopened.copyToBuffer(desk.from);
    desk.from.flip();
    int most = engine.getSession().getApplicationBufferSize();
    while (desk.from.hasRemaining() && mayOpen() && desk.into.remaining() >= most) {
      SSLEngineResult result = engine.unwrap(desk.from, desk.into);
      if (result.getStatus() == Status.CLOSED || engine.isInboundDone()) {
        heardAll = true;
        moved = true; // It may have to answer that.
        break;
      }
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        // Unless the record was cut by the end of the desk.
        starved = unopened.size() <= desk.from.limit();
        break;
      }
      if (!moves(result)) break;
    }
    // Of a record that is not whole yet no more is held than has come of it.
    unopened =
        heardAll ? ByteString.emptyByteString() : unopened.drop(desk.from.position()).compact();
    starved |= unopened.isEmpty();
    return desk.result();
  }

  private boolean moves(SSLEngineResult result) {
    boolean moves = result.bytesProduced() > 0 || result.bytesConsumed() > 0;
    moved |= moves;
    return moves;
  }

  private boolean mayOpen() {
    return switch (status()) {
      case NEED_TASK, NEED_WRAP -> false;
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> true;
    };
  }

  private HandshakeStatus status() {
    return engine.getHandshakeStatus();
  }

  private static ByteBuffer[] buffers(ByteString bytes) {
    List<ByteBuffer> all = new ArrayList<>();
    bytes.getByteBuffers().forEach(all::add);
    return all.toArray(ByteBuffer[]::new);
  }
}
