package io.ordinal.controller.api.connection;

import java.time.Duration;

/**
 * How far a client is with what it asks, and since when: greeting -> greeted -> asking -> resting
 * -> heading -> asking. Beside that, whether it takes what it is sent, and whether that was all.
 * Thread safe.
 */
final class Pace {
  private enum Stand {
    /** Connected; the handshake of TLS is not over. */
    GREETING,
    /** No request has come yet. */
    GREETED,
    /** The head of a request has begun to come. */
    HEADING,
    /** A request is being answered, or the connection has become another one. */
    ASKING,
    /** Everything asked was answered. */
    RESTING
  }

  private static final long MOMENT_NANOS = 1_000_000_000;

  private Stand stand = Stand.GREETING;
  private long sinceNanos;
  private int asking;
  private boolean sending;
  private long sendingSinceNanos;
  private boolean leaving;
  private long leavingSinceNanos;

  Pace(long nowNanos) {
    sinceNanos = nowNanos;
  }

  /** The handshake is over, or there is none. The time since it connected goes on to count. */
  synchronized void greeted() {
    if (stand == Stand.GREETING) stand = Stand.GREETED;
  }

  /** Nothing more will be said to the client, which has only to take the rest and to close. */
  synchronized void saidAll(long nowNanos) {
    if (leaving) return;
    leaving = true;
    leavingSinceNanos = nowNanos;
  }

  /** Bytes came. */
  synchronized void heard(long nowNanos) {
    if (stand == Stand.RESTING) become(Stand.HEADING, nowNanos);
  }

  synchronized void asked(long nowNanos) {
    asking++;
    become(Stand.ASKING, nowNanos);
  }

  /** The whole answer to one request was handed over. */
  synchronized void answered(long nowNanos) {
    asking--;
    if (asking == 0) become(Stand.RESTING, nowNanos);
  }

  /** Bytes were given to the kernel, which has not taken them yet. */
  synchronized void sending(long nowNanos) {
    sending = true;
    sendingSinceNanos = nowNanos;
  }

  /** The kernel has taken them. Who takes the last bytes slowly has only then been told the end. */
  synchronized void sent(long nowNanos) {
    sending = false;
    if (leaving) leavingSinceNanos = nowNanos;
  }

  private void become(Stand next, long nowNanos) {
    stand = next;
    sinceNanos = nowNanos;
  }

  /** Whether the client has taken longer than it may. */
  synchronized boolean isOverdue(ConnectionSettings settings, long nowNanos) {
    if (sending && later(settings.stall(), sendingSinceNanos, nowNanos)) return true;
    if (leaving) return later(settings.farewell(), leavingSinceNanos, nowNanos);
    return switch (stand) {
      case GREETING ->
          later(settings.handshake(), sinceNanos, nowNanos)
              || later(settings.head(), sinceNanos, nowNanos);
      case GREETED, HEADING -> later(settings.head(), sinceNanos, nowNanos);
      case RESTING -> later(settings.rest(), sinceNanos, nowNanos);
      case ASKING -> false;
    };
  }

  /** Whether nothing is being sent or answered, for so long. */
  synchronized boolean isFree(Duration least, long nowNanos) {
    if (leaving) return !sending && later(least, leavingSinceNanos, nowNanos);
    return stand != Stand.ASKING && !sending && later(least, sinceNanos, nowNanos);
  }

  /** Whether everything that was asked is answered, and has been taken. */
  synchronized boolean rests() {
    return (leaving || stand == Stand.RESTING) && !sending;
  }

  /**
   * How much sooner than others this one has to go when there are too many: the highest goes first,
   * negative ones stay.
   */
  synchronized long dispensable(long nowNanos) {
    if (leaving) return sending ? -1 : dawdling(nowNanos - leavingSinceNanos);
    long age = Math.max(0, nowNanos - sinceNanos);
    return switch (stand) {
      // Nobody knows whether it ever asks, but who came just now has hardly had the time to.
      case GREETING, GREETED -> age > MOMENT_NANOS ? Long.MAX_VALUE / 2 + age : age;
      // Heads come at once. Who dawdles over one could hold a place for as long as one may take.
      case HEADING -> dawdling(age);
      case RESTING -> sending ? -1 : MOMENT_NANOS + age;
      case ASKING -> -1;
    };
  }

  private static long dawdling(long ageNanos) {
    return ageNanos > MOMENT_NANOS ? Long.MAX_VALUE / 4 + ageNanos : -1;
  }

  private static boolean later(Duration patience, long sinceNanos, long nowNanos) {
    return nowNanos - sinceNanos > patience.toNanos();
  }
}
