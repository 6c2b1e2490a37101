package io.ordinal.agent.exec;

import io.ordinal.protocol.agent.StreamWord;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.util.ByteString;

/** Sends what it reads, as fast as the other end takes it. Runs on a thread of its own. */
final class OutputPump implements Runnable {
  private final int channel;
  private final InputStream from;
  private final int piece;
  private final Consumer<StreamWord> peer;
  private final Runnable ended;
  private final LongSupplier nanoTime;
  private final Allowance allowance = new Allowance();
  private volatile long movedAt;

  /**
   * @param ended runs after the last word was sent
   * @param nanoTime monotonic
   */
  OutputPump(
      int channel,
      InputStream from,
      int piece,
      Consumer<StreamWord> peer,
      Runnable ended,
      LongSupplier nanoTime) {
    this.channel = channel;
    this.from = from;
    this.piece = piece;
    this.peer = peer;
    this.ended = ended;
    this.nanoTime = nanoTime;
    this.movedAt = nanoTime.getAsLong();
  }

  Allowance allowance() {
    return allowance;
  }

  /** Silence counts from here. */
  void awaitLast() {
    movedAt = nanoTime.getAsLong();
  }

  /** Whether nothing came for so long although it would have been taken. */
  boolean silentFor(long nanos) {
    return !allowance.exhausted() && nanoTime.getAsLong() - movedAt > nanos;
  }

  /** Sends no more, and holds nothing that somebody else may keep open for ever. */
  void letGo(Executor threads) {
    allowance.revoke();
    threads.execute(this::close); // May wait for the reading to end.
  }

  private void close() {
    try {
      from.close();
    } catch (IOException e) {
      // It is read no more all the same.
    }
  }

  @Override
  public void run() {
    long sent = 0;
    byte[] buffer = new byte[piece];
    try {
      while (true) {
        long free = allowance.beyond(sent);
        if (free == 0) break;
        int read = read(buffer, (int) Math.min(free, piece));
        if (read < 0) break;
        movedAt = nanoTime.getAsLong();
        byte[] bytes = Arrays.copyOf(buffer, read);
        peer.accept(new StreamWord.Data(channel, sent, ByteString.fromArrayUnsafe(bytes)));
        sent += read;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    peer.accept(new StreamWord.End(channel, sent));
    ended.run();
  }

  /** A stream that breaks has ended: a terminal does so when its last process is gone. */
  private int read(byte[] buffer, int most) {
    try {
      return from.read(buffer, 0, most);
    } catch (IOException e) {
      return -1;
    }
  }
}
