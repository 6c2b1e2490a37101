package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.LeaseStep.Kind;
import io.ordinal.controller.node.LeaseStep.Sight;
import io.ordinal.controller.node.NodeDocument.Readiness;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The taint by which an operator says that a machine is off. It ends the sessions of the node's
 * name that are not heard of, kept lives included. One that is heard of is spared, and then the
 * word counts for nothing any more until it is given anew: it must not turn against a later loss.
 * Pure.
 */
final class OutOfService {
  static final String TAINT = "node.kubernetes.io/out-of-service";

  /** Condition of the Node: True when the word was taken, False when it was refused. */
  static final String CONDITION = "ordinal.io/OutOfService";

  private static final Readiness TAKEN =
      new Readiness("True", "Declared", "by the taint " + TAINT + "; remove it to let it back");
  private static final Readiness REFUSED =
      new Readiness(
          "False",
          "StillRenewing",
          "the agent renews its lease, so the machine is not off: switch it off, then remove the"
              + " taint "
              + TAINT
              + " and set it again");

  private OutOfService() {}

  /** Whether an operator says so. */
  static boolean declared(ApiObject node) {
    for (JsonNode taint : node.spec().path("taints")) {
      boolean evicts = taint.path("effect").asString("").equals("NoExecute");
      if (evicts && taint.path("key").asString("").equals(TAINT)) return true;
    }
    return false;
  }

  /** What to do about the word, if it was given or taken back. */
  static Optional<LeaseStep> decide(Sight sight, TaintLedger.Silence silence, Instant now) {
    if (sight.node().isEmpty()) return Optional.empty();
    ApiObject node = ApiObject.of(sight.node().get());
    String word = NodeConditions.status(node, CONDITION);
    if (!declared(node)) {
      return word.isEmpty() ? Optional.empty() : Optional.of(takenBack(sight, node));
    }
    boolean over = sight.over();
    if (word.equals("False")) return Optional.empty(); // Refused: must be given anew to count.
    if (!over && silence == TaintLedger.Silence.BROKEN) {
      return Optional.of(told(sight, Kind.REFUSE_OFF, node, ends(orphansOf(sight)), now));
    }
    if (!over && silence != TaintLedger.Silence.LASTING) return Optional.empty();
    List<Operation> ends = ends(notOff(sight));
    if (ends.isEmpty()) return Optional.empty();
    if (!over) ends.add(new Operation.DeleteRecord(leaseOf(sight), renewalAt(sight)));
    return Optional.of(told(sight, Kind.OFF, node, ends, now));
  }

  /** How the Ready condition of a node tells it. */
  static Readiness readiness(Session session) {
    return new Readiness(
        "False",
        "OutOfService",
        "an operator said that the machine is off: no life of session "
            + session.number()
            + " counts any more, kept ones neither");
  }

  private static List<Sessions.Entry> notOff(Sight sight) {
    return sight.family().stream()
        .filter(each -> each.record().standing() != Standing.OFF)
        .toList();
  }

  /** Sessions of other state directories: the machine that is heard of will not go on with them. */
  private static List<Sessions.Entry> orphansOf(Sight sight) {
    return notOff(sight).stream()
        .filter(each -> each.record().standing().over())
        .filter(each -> !each.record().session().stateUuid().equals(sight.session().stateUuid()))
        .toList();
  }

  private static List<Operation> ends(List<Sessions.Entry> entries) {
    List<Operation> operations = new ArrayList<>();
    for (Sessions.Entry each : entries) {
      SessionRecord record = each.record();
      operations.add(
          new Operation.PutRecord(
              Sessions.key(record.session()),
              SessionCodec.encode(record.off()),
              RecordCondition.at(each.version())));
    }
    return operations;
  }

  private static RecordKey leaseOf(Sight sight) {
    return Sessions.leaseKey(sight.session());
  }

  private static RecordCondition renewalAt(Sight sight) {
    return sight.renewal() == 0 ? RecordCondition.ABSENT : RecordCondition.at(sight.renewal());
  }

  /** In one transaction with the Node: only while the taint still stands. */
  private static LeaseStep told(
      Sight sight, Kind kind, ApiObject node, List<Operation> ends, Instant now) {
    ObjectNode wanted =
        kind == Kind.OFF ? NodeDocument.faring(node, readiness(sight.session()), now) : node.copy();
    NodeConditions.set(
        wanted.withObjectProperty("status"), CONDITION, kind == Kind.OFF ? TAKEN : REFUSED, now);
    List<Operation> operations = new ArrayList<>(ends);
    operations.add(put(sight, wanted));
    return new LeaseStep(sight.session(), kind, new Transaction(operations));
  }

  private static LeaseStep takenBack(Sight sight, ApiObject node) {
    ObjectNode wanted = node.copy();
    NodeConditions.remove(wanted.withObjectProperty("status"), CONDITION);
    return new LeaseStep(sight.session(), Kind.OFF_TAKEN_BACK, Transaction.of(put(sight, wanted)));
  }

  private static Operation put(Sight sight, ObjectNode wanted) {
    return new Operation.Put(
        Sessions.nodeKey(sight.session().node()),
        new ApiObject(wanted).draft(),
        Condition.at(sight.node().orElseThrow().revision()));
  }
}
