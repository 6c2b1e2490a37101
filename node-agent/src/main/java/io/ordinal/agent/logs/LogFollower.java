package io.ordinal.agent.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The bytes that a run writes after a moment, as they come. Reading blocks until there are some.
 */
public final class LogFollower extends InputStream {
  private final RandomAccessFile file;
  private final Duration look;
  private volatile boolean ended;
  private volatile boolean closed;

  /**
   * Begins at the present end of the log.
   *
   * @param look how often it is looked for more
   */
  public LogFollower(Path log, Duration look) throws IOException {
    this.file = new RandomAccessFile(log.toFile(), "r");
    this.look = look;
    file.seek(file.length());
  }

  /** Nothing is written any more: what is there is read, and then it is over. */
  public void runEnded() {
    ended = true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    while (!closed) {
      boolean last = ended; // Looked at first: what was written before the end is there by now.
      int read = available(into, from, length);
      if (read > 0) return read;
      if (last) break;
      pause();
    }
    close();
    return -1;
  }

  /** Never beside the closing: its number might be another file's by then. */
  private synchronized int available(byte[] into, int from, int length) throws IOException {
    return closed ? -1 : file.read(into, from, length);
  }

  private void pause() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(look.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    file.close();
  }
}
