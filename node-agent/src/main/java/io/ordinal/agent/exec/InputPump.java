package io.ordinal.agent.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;
import org.apache.pekko.util.ByteString;

/**
 * Writes what it is given, in order. Runs on a thread of its own. What it holds is bounded by what
 * the other end was allowed to send.
 */
final class InputPump implements Runnable {
  private record Piece(ByteString bytes, boolean last) {}

  private final OutputStream to;
  private final LongConsumer written;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

  /**
   * @param written hears how many bytes were taken in all
   */
  InputPump(OutputStream to, LongConsumer written) {
    this.to = to;
    this.written = written;
  }

  void write(ByteString bytes) {
    pieces.add(new Piece(bytes, false));
  }

  /** Closes it after what was given before. */
  void end() {
    pieces.add(new Piece(ByteString.emptyByteString(), true));
  }

  @Override
  public void run() {
    long total = 0;
    boolean broken = false;
    try {
      while (true) {
        Piece piece = pieces.take();
        if (piece.last()) break;
        // What nobody reads any more is dropped: the end of the stream is told otherwise.
        broken = broken || !wrote(piece.bytes());
        total += piece.bytes().size();
        written.accept(total);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private boolean wrote(ByteString bytes) {
    try {
      to.write(bytes.toArrayUnsafe());
      to.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void close() {
    try {
      to.close();
    } catch (IOException e) {
      // Nobody reads it any more.
    }
  }
}
