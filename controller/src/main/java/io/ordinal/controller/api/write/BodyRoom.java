package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Room;
import io.ordinal.controller.api.http.Refusal;

/**
 * What the bodies of all requests that are being received or worked on may take together. One user
 * has at most three quarters of it, or a single body. Most bodies are small: only large ones need
 * room. Thread safe.
 */
public final class BodyRoom {
  private final Room room;

  /**
   * @param bytes that all bodies may take together
   */
  public BodyRoom(long bytes) {
    this.room = new Room(bytes);
  }

  /** Whether a body of so many bytes needs room. */
  public static boolean isLarge(long bytes) {
    return bytes > Room.SMALL;
  }

  /** For a body of this user; takes nothing yet. */
  public Place place(String user) {
    return new Place(user);
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
      long wanted = bytes <= Room.SMALL ? 0 : bytes;
      if (over || wanted == taken) return;
      if (!room.take(user, taken, wanted - taken)) {
        throw Refusal.tooMany("too many large requests, please try again later");
      }
      taken = wanted;
    }

    /** Gives it back; again does nothing. */
    synchronized void leave() {
      over = true;
      room.give(user, taken);
      taken = 0;
    }
  }
}
