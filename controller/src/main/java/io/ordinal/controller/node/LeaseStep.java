package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.LeaseLedger.Lease;
import io.ordinal.controller.node.NodeDocument.Readiness;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that a look at the leases asks for. Pure; the transaction holds only on what was seen,
 * so that any number of watches do no harm.
 */
record LeaseStep(Session session, Kind kind, Transaction transaction) {
  enum Kind {
    /** The session is over: nobody may renew it any more. */
    FENCE,
    /** The Node object says that it was fenced. */
    SHOW_FENCED,
    /** The Node object says that it is off. */
    SHOW_OFF,
    /** The Node object says that renewals are overdue. */
    SHOW_LATE,
    /** The Node object says that its agent stopped by plan. */
    SHOW_RESTING,
    /** The Node object says that the node is back. */
    SHOW_READY,
    /** The Node object repeats that all is well. */
    BEAT,
    /** The node's Lease object says when it was renewed. */
    SHOW_LEASE,
    /** Sessions of the node are over by an operator's word, and the Node object says so. */
    OFF,
    /** The Node object says that the operator's word was refused. */
    REFUSE_OFF,
    /** The operator's word was taken back. */
    OFF_TAKEN_BACK
  }

  /**
   * A node's latest session as it was read, with its lease and its Node object.
   *
   * @param unheard it was restored from a backup and its agent has not been heard of since: it may
   *     rest, with lives that no deadline ends
   * @param family all sessions of a node that an operator calls off, otherwise none
   * @param lease its Lease object
   */
  record Sight(
      Sessions.Entry entry,
      long renewal,
      Optional<StoredObject> node,
      boolean unheard,
      List<Sessions.Entry> family,
      NodeLease.Shown lease) {
    Session session() {
      return entry.record().session();
    }

    Standing standing() {
      return entry.record().standing();
    }

    /** How long each of the session's grants lasts. */
    Duration granted() {
      return entry.record().lease();
    }

    boolean over() {
      return standing().over();
    }

    boolean calledOff() {
      return !family.isEmpty();
    }
  }

  /** Everything that a look sees. */
  static List<Sight> sights(View view) {
    List<Sight> sights = new ArrayList<>();
    Set<Session> unheard = RestoreHold.unheard(view);
    for (Sessions.Entry entry : Sessions.latest(view)) {
      Session session = entry.record().session();
      Optional<StoredObject> node = view.get(Sessions.nodeKey(session.node()));
      boolean calledOff = node.map(ApiObject::of).filter(OutOfService::declared).isPresent();
      sights.add(
          new Sight(
              entry,
              view.recordVersion(Sessions.leaseKey(session)),
              node,
              unheard.contains(session),
              calledOff ? Sessions.family(view, session.node()) : List.of(),
              NodeLease.see(view, session)));
    }
    return sights;
  }

  /** What to do about one node, if anything. */
  static Optional<LeaseStep> decide(Sight sight, Lease lease, NodeSettings settings, Instant now) {
    if (sight.over()) return showOver(sight, now);
    if (sight.standing() == Standing.RESTING) return showResting(sight, now);
    return switch (lease) {
      case LAPSED -> sight.unheard() ? showLate(sight, now) : Optional.of(fence(sight));
      case LATE -> showLate(sight, now);
      case RENEWED -> showReady(sight, settings, now);
      case STEADY -> Optional.empty();
    };
  }

  private static LeaseStep fence(Sight sight) {
    RecordCondition unchanged =
        sight.renewal() == 0 ? RecordCondition.ABSENT : RecordCondition.at(sight.renewal());
    return new LeaseStep(
        sight.session(),
        Kind.FENCE,
        Transaction.of(
            new Operation.DeleteRecord(Sessions.leaseKey(sight.session()), unchanged),
            new Operation.PutRecord(
                Sessions.key(sight.session()),
                SessionCodec.encode(sight.entry().record().fenced()),
                RecordCondition.at(sight.entry().version()))));
  }

  private static Optional<LeaseStep> showOver(Sight sight, Instant now) {
    if (sight.standing() == Standing.CLOSED) return Optional.empty(); // A later one opened with it.
    boolean off = sight.standing() == Standing.OFF;
    Readiness readiness =
        off ? OutOfService.readiness(sight.session()) : Readiness.fenced(sight.session());
    return show(sight, off ? Kind.SHOW_OFF : Kind.SHOW_FENCED, readiness, now);
  }

  private static Optional<LeaseStep> showResting(Sight sight, Instant now) {
    return show(sight, Kind.SHOW_RESTING, Readiness.RESTING, now);
  }

  private static Optional<LeaseStep> show(
      Sight sight, Kind kind, Readiness readiness, Instant now) {
    if (sight.node().isEmpty()) return Optional.empty();
    ApiObject node = ApiObject.of(sight.node().get());
    if (NodeConditions.tells(node, readiness)) return Optional.empty();
    return put(sight, kind, NodeDocument.faring(node, readiness, now));
  }

  private static Optional<LeaseStep> showLate(Sight sight, Instant now) {
    return sight
        .node()
        .map(ApiObject::of)
        .filter(node -> NodeConditions.ready(node).equals("True"))
        .map(node -> NodeDocument.faring(node, Readiness.LATE, now))
        .flatMap(wanted -> put(sight, Kind.SHOW_LATE, wanted));
  }

  /** Only on news: a watch that is behind others in its looks must not take their word back. */
  private static Optional<LeaseStep> showReady(Sight sight, NodeSettings settings, Instant now) {
    if (sight.node().isEmpty())
      return Optional.empty(); // Deleted: comes back when next registered.
    ApiObject node = ApiObject.of(sight.node().get());
    boolean ready = NodeConditions.ready(node).equals("True");
    ObjectNode wanted = NodeDocument.beating(node, settings.heartbeat(), now);
    return wanted.equals(node.tree())
        ? Optional.empty()
        : put(sight, ready ? Kind.BEAT : Kind.SHOW_READY, wanted);
  }

  private static Optional<LeaseStep> put(Sight sight, Kind kind, ObjectNode wanted) {
    Operation put =
        new Operation.Put(
            Sessions.nodeKey(sight.session().node()),
            new ApiObject(wanted).draft(),
            Condition.at(sight.node().orElseThrow().revision()));
    return Optional.of(new LeaseStep(sight.session(), kind, Transaction.of(put)));
  }
}
