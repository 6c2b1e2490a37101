package io.ordinal.controller.node;

import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What one controller has heard of sessions since it first saw that an operator calls their machine
 * off. Pure. Knows nothing of the past: whoever begins to watch merely waits longer.
 */
record TaintLedger(Map<Session, Heard> heard) {
  static final TaintLedger EMPTY = new TaintLedger(Map.of());

  /**
   * @param renewal version of the lease's record
   * @param since when it was first seen at this number
   * @param moves how often it moved since the taint was seen
   */
  record Heard(long renewal, Duration since, int moves) {}

  /** What it comes to. */
  enum Silence {
    /** It renews its lease: one renewal may have been under way when the machine went, two not. */
    BROKEN,
    /** Too early to tell. */
    YOUNG,
    /** Nothing was heard for as long as makes a lease late. */
    LASTING
  }

  TaintLedger {
    heard = Map.copyOf(heard);
  }

  /**
   * After another look. Sessions that are not in it are forgotten.
   *
   * @param tainted renewals of the sessions of tainted nodes, as they were read
   * @param now taken after the read
   */
  TaintLedger look(Map<Session, Long> tainted, Duration now) {
    Map<Session, Heard> next = new HashMap<>();
    tainted.forEach(
        (session, renewal) -> {
          Heard before = heard.get(session);
          if (before == null) {
            next.put(session, new Heard(renewal, now, 0));
          } else if (before.renewal() == renewal) {
            next.put(session, before);
          } else {
            next.put(session, new Heard(renewal, now, before.moves() + 1));
          }
        });
    return new TaintLedger(next);
  }

  Silence judge(Session session, Duration now, NodeSettings settings) {
    Heard found = heard.get(session);
    if (found == null) return Silence.YOUNG;
    if (found.moves() > 1) return Silence.BROKEN;
    boolean lasting = now.minus(found.since()).compareTo(settings.late()) >= 0;
    return lasting ? Silence.LASTING : Silence.YOUNG;
  }
}
