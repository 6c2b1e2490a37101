package io.ordinal.controller.node;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Restored;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * After a restore from a backup nothing begins anywhere until each node that the backup knows has
 * introduced itself with its lives, or is off, and the leases that were granted after the backup
 * have run out: lives that the backup does not know may still run. A node is let in only once those
 * that it has of them have ended. One that is silent is not fenced: it may have gone to rest since
 * the backup, and then no deadline ends its lives. Pure.
 */
public final class RestoreHold {
  private static final RecordKey LIFTED = new RecordKey("restore", "lifted");
  private static final String HEARD_FAMILY = "restore-heard";

  private RestoreHold() {}

  /** Why nothing may begin, for people; empty when it may. */
  public static Optional<String> reason(View view) {
    return current(view).map(restored -> reason(restored, waitingFor(view, restored)));
  }

  /** The restore that is not dealt with yet. */
  static Optional<Restored> current(View view) {
    return Restored.in(view).filter(restored -> lifted(view) < restored.revision());
  }

  /** What ends it, once the leases of before have run out; empty while nodes are waited for. */
  static Optional<Transaction> lift(View view, Restored restored) {
    if (!waitingFor(view, restored).isEmpty()) return Optional.empty();
    return Optional.of(
        Transaction.of(
            new Operation.PutRecord(
                LIFTED,
                SessionCodec.encodeNumber(restored.revision()),
                RecordCondition.at(view.recordVersion(LIFTED)))));
  }

  /** That this session, which goes on since before the restore, has introduced itself. */
  static Operation heard(Session session, Restored restored) {
    byte[] since = SessionCodec.encodeNumber(restored.revision());
    return new Operation.PutRecord(heardKey(session), since, RecordCondition.ANY);
  }

  /** Sessions that may rest, whatever the backup says of them. */
  static Set<Session> unheard(View view) {
    return current(view).stream()
        .flatMap(restored -> waitingFor(view, restored).stream())
        .map(SessionRecord::session)
        .collect(Collectors.toSet());
  }

  /**
   * Nodes that the backup knows, and that may have lives which it does not know. One that was
   * fenced when the backup was made is among them: it may have come back since.
   */
  static List<SessionRecord> waitingFor(View view, Restored restored) {
    List<SessionRecord> waiting = new ArrayList<>();
    for (Sessions.Entry entry : Sessions.latest(view)) {
      SessionRecord record = entry.record();
      boolean before = record.session().number() < restored.revision();
      boolean off = record.standing() == Standing.OFF;
      if (before && !off && !heard(view, record.session(), restored)) waiting.add(record);
    }
    return waiting;
  }

  /** What was heard before counts for nothing after another restore. */
  private static boolean heard(View view, Session session, Restored restored) {
    return view.record(heardKey(session))
        .map(StoredRecord::value)
        .map(SessionCodec::decodeNumber)
        .filter(since -> since == restored.revision())
        .isPresent();
  }

  private static String reason(Restored restored, List<SessionRecord> waiting) {
    StringBuilder text =
        new StringBuilder("the store was restored from a backup as of ").append(restored.asOf());
    if (waiting.isEmpty()) {
      return text.append(": leases granted after it must run out first").toString();
    }
    text.append(
        ": nothing begins until these nodes have reported, or are declared off (taint "
            + OutOfService.TAINT
            + "):");
    for (SessionRecord each : waiting) {
      text.append(' ').append(each.session().node());
      if (each.standing() == Standing.RESTING) text.append(" (stopped by plan)");
    }
    return text.toString();
  }

  private static long lifted(View view) {
    return view.record(LIFTED).map(StoredRecord::value).map(SessionCodec::decodeNumber).orElse(0L);
  }

  private static RecordKey heardKey(Session session) {
    return new RecordKey(HEARD_FAMILY, Long.toString(session.number()));
  }
}
