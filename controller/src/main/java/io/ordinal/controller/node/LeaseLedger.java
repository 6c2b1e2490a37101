package io.ordinal.controller.node;

import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when one controller has seen each session's renewal at its present number, on its own
 * clock. Pure. Knows nothing of the past: whoever begins to watch merely waits longer.
 */
record LeaseLedger(Map<Session, Seen> seen) {
  static final LeaseLedger EMPTY = new LeaseLedger(Map.of());

  /**
   * @param renewal version of the lease's record; 0 when it was never renewed
   * @param since when it was first seen at this number
   * @param moved whether the last look saw it change
   */
  record Seen(long renewal, Duration since, boolean moved) {}

  /** What one look makes of a lease. */
  enum Lease {
    /** The last look saw a new renewal. */
    RENEWED,
    /** Nothing new, and it is not time to worry. */
    STEADY,
    /** Overdue, but fenced lives may still run. */
    LATE,
    /** Fenced lives of the session have ended, unless a later renewal is committed meanwhile. */
    LAPSED
  }

  LeaseLedger {
    seen = Map.copyOf(seen);
  }

  /**
   * After another look. Sessions that are not in it are forgotten.
   *
   * @param renewals numbers as they were read
   * @param now taken after the read, so that a renewal is never thought older than it is
   */
  LeaseLedger look(Map<Session, Long> renewals, Duration now) {
    Map<Session, Seen> next = new HashMap<>();
    renewals.forEach(
        (session, renewal) -> {
          Seen before = seen.get(session);
          boolean unchanged = before != null && before.renewal() == renewal;
          next.put(
              session,
              unchanged
                  ? new Seen(renewal, before.since(), false)
                  : new Seen(renewal, now, before != null));
        });
    return new LeaseLedger(next);
  }

  /**
   * @param granted how long the session's grants last
   */
  Lease judge(Session session, Duration granted, Duration now, NodeSettings settings) {
    Seen lease = seen.get(session);
    if (lease == null) return Lease.STEADY;
    Duration age = now.minus(lease.since());
    if (age.compareTo(settings.patience(granted)) >= 0) return Lease.LAPSED;
    if (age.compareTo(settings.late()) >= 0) return Lease.LATE;
    return lease.moved() ? Lease.RENEWED : Lease.STEADY;
  }
}
