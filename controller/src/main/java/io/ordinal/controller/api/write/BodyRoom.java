package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import java.util.HashMap;
import java.util.Map;

/**
 * What the bodies of all requests that are being received or worked on may take together. One user
 * has at most three quarters of it, or a single body. Thread safe.
 */
public final class BodyRoom {
  /**
   * Most bodies are smaller, and bounded by how many are worked on or wait: only large ones need
   * room.
   */
  static final int SMALL = 64 << 10;

  private static final int PARTS = 4;

  private final long bytes;
  private final Map<String, Long> ofUsers = new HashMap<>();
  private long taken;

  public BodyRoom(long bytes) {
    this.bytes = bytes;
  }

  /** Whether a body of so many bytes needs room. */
  public static boolean isLarge(long bytes) {
    return bytes > SMALL;
  }

  /** For a body of this user; takes nothing yet. */
  public Place place(String user) {
    return new Place(user);
  }

  private synchronized boolean take(String user, long before, long more) {
    long ofUser = ofUsers.getOrDefault(user, 0L);
    boolean isOnly = ofUser == before;
    if (taken + more > bytes) return false;
    if (!isOnly && ofUser + more > bytes - bytes / PARTS) return false;
    taken += more;
    ofUsers.put(user, ofUser + more);
    return true;
  }

  private synchronized void give(String user, long less) {
    taken -= less;
    ofUsers.computeIfPresent(user, (name, all) -> all == less ? null : all - less);
  }

  /** Of one body. */
  public final class Place {
    private final String user;
    private long bytes;
    private long taken;
    private boolean over;

    private Place(String user) {
      this.user = user;
    }

    /** Throws a StatusException with 429 when there is no room for that much more. */
    synchronized void add(int more) {
      bytes += more;
      long wanted = bytes <= SMALL ? 0 : bytes;
      if (over || wanted == taken) return;
      if (!take(user, taken, wanted - taken)) {
        throw Refusal.tooMany("too many large requests, please try again later");
      }
      taken = wanted;
    }

    /** Gives it back; again does nothing. */
    synchronized void leave() {
      over = true;
      give(user, taken);
      taken = 0;
    }
  }
}
