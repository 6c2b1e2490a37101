package io.ordinal.controller.api.call;

import java.util.HashMap;
import java.util.Map;

/**
 * So many bytes of memory for something. One user has at most three quarters of it, or a single
 * thing. Thread safe.
 */
public final class Room {
  private static final int PARTS = 4;

  private final long bytes;
  private final Map<String, Long> ofUsers = new HashMap<>();
  private long taken;

  public Room(long bytes) {
    this.bytes = bytes;
  }

  /**
   * @param before what the thing has already
   * @return false when there is no room for that much more; then nothing is taken
   */
  public synchronized boolean take(String user, long before, long more) {
    long ofUser = ofUsers.getOrDefault(user, 0L);
    boolean isOnly = ofUser == before;
    if (taken + more > bytes) return false;
    if (!isOnly && ofUser + more > bytes - bytes / PARTS) return false;
    taken += more;
    ofUsers.put(user, ofUser + more);
    return true;
  }

  /** Gives back what was taken. */
  public synchronized void give(String user, long less) {
    taken -= less;
    ofUsers.computeIfPresent(user, (name, all) -> all == less ? null : all - less);
  }
}
