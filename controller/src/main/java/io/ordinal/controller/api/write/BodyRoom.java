package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the bodies of all requests that are being received or worked on may take together. Thread
 * safe.
 */
public final class BodyRoom {
  /** Most bodies are smaller, and bounded by how many are worked on: only large ones need room. */
  static final int SMALL = 64 << 10;

  private final AtomicLong left;

  public BodyRoom(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  Place place() {
    return new Place();
  }

  /** Of one body. */
  final class Place {
    private long bytes;
    private long taken;
    private boolean over;

    /** Throws a StatusException with 429 when there is no room for that much more. */
    synchronized void add(int more) {
      bytes += more;
      long wanted = bytes <= SMALL ? 0 : bytes;
      long missing = wanted - taken;
      if (over || missing == 0) return;
      if (left.addAndGet(-missing) < 0) {
        left.addAndGet(missing);
        throw Refusal.tooMany("too many large requests, please try again later");
      }
      taken = wanted;
    }

    /** Gives it back; again does nothing. */
    synchronized void leave() {
      over = true;
      left.addAndGet(taken);
      taken = 0;
    }
  }
}
