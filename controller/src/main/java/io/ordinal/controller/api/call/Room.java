package io.ordinal.controller.api.call;

import java.util.HashMap;
import java.util.Map;

/**
 * So many bytes of memory for something. One user has at most three quarters of it, or a single
 * thing. Thread safe.
 */
public final class Room {
  /**
   * Up to this size, in bytes, a thing needs no room: so little is bounded by how many there are at
   * once.
   */
  public static final int SMALL = 64 << 10;

  private static final int PARTS = 4;

  private final long bytes;
  private final Map<String, Long> ofUsers = new HashMap<>();
  private long taken;

  /**
   * @param bytes that all things may take together
   */
  public Room(long bytes) {
    this.bytes = bytes;
  }

  /**
   * @param user whose thing it is
   * @param before bytes that the thing has already
   * @param more bytes that it is to have besides
   * @return false when there is no room for that much more; then nothing is taken
   */
  public synchronized boolean take(String user, long before, long more) {
    if (more > left(user, before)) return false;
    taken += more;
    ofUsers.merge(user, more, Long::sum);
    return true;
  }

  /**
   * How many bytes more a thing could take now; less than none when its user has too much.
   *
   * @param user whose thing it is
   * @param before bytes that the thing has already
   */
  public synchronized long left(String user, long before) {
    long free = bytes - taken;
    long ofUser = ofUsers.getOrDefault(user, 0L);
    boolean isOnly = ofUser == before;
    return isOnly ? free : Math.min(free, bytes - bytes / PARTS - ofUser);
  }

  /**
   * Gives back what was taken.
   *
   * @param less bytes
   */
  public synchronized void give(String user, long less) {
    taken -= less;
    ofUsers.computeIfPresent(user, (name, all) -> all == less ? null : all - less);
  }
}
