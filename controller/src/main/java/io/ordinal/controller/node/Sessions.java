package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sessions as they stand in a view of the store, joined with what clients say of the machine in its
 * Node object. Records of sessions that are over stay, so that a life placed there long ago still
 * finds out how its session ended.
 */
public final class Sessions {
  /** On the Node of a member that was stopped together with its workloads, until it is back. */
  public static final String STOPPED = "ordinal.io/stopped-with-workloads";

  /** Versions of these records change with the standing and the way to the agent, nothing else. */
  public static final String FAMILY = "session";

  static final String LEASE_FAMILY = "lease";
  static final String LATEST_FAMILY = "node-session";
  static final RecordKey NUMBER = new RecordKey("session-number", "last");
  static final ResourceName NODES = new ResourceName("nodes");

  private Sessions() {}

  /**
   * The latest session of every node, whatever its standing, by node name. A node without a Node
   * object is not schedulable and has no labels.
   */
  public static List<NodeStanding> current(View view) {
    return latest(view).stream().map(entry -> joined(view, entry)).toList();
  }

  /** The latest session of this node. */
  public static Optional<NodeStanding> currentOf(View view, NodeName node) {
    return latest(view, node).map(entry -> joined(view, entry));
  }

  /** What to say of a node that is not heard of, though its session goes on. */
  public static Optional<String> late(View view, Session session) {
    return record(view, session)
        .map(each -> each.record().standing())
        .flatMap(
            standing ->
                view.get(nodeKey(session.node()))
                    .map(ApiObject::of)
                    .flatMap(node -> silence(standing, node)))
        .map(why -> "node " + session.node() + " " + why);
  }

  private static Optional<String> silence(Standing standing, ApiObject node) {
    return switch (standing) {
      case READY ->
          NodeConditions.ready(node).equals("Unknown")
              ? Optional.of("is not heard of")
              : Optional.empty();
      case RESTING ->
          node.annotations().containsKey(STOPPED)
              ? Optional.of("was stopped with its workloads")
              : Optional.empty();
      case FENCED, CLOSED, OFF -> Optional.empty();
    };
  }

  /**
   * Since when the node is lost: no session of it goes on.
   *
   * @param otherwise when nothing tells
   */
  public static Optional<Instant> lostSince(View view, NodeName node, Instant otherwise) {
    if (latest(view, node).filter(each -> !each.record().standing().over()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        view.get(nodeKey(node))
            .map(ApiObject::of)
            .filter(each -> NodeConditions.ready(each).equals("False"))
            .flatMap(each -> NodeConditions.since(each, "Ready"))
            .orElse(otherwise));
  }

  /** Holds while no other session of the node begins: for what is decided on its loss. */
  public static Operation nothingNew(View view, NodeName node) {
    return new Operation.ExpectRecord(
        latestKey(node), RecordCondition.at(view.recordVersion(latestKey(node))));
  }

  /** Forgets a node for good, which must have no life on it. Its latest session must be over. */
  public static List<Operation> forget(View view, NodeName node) {
    List<Operation> steps = new ArrayList<>();
    if (latest(view, node).filter(each -> each.record().standing().over()).isEmpty()) return steps;
    steps.add(nothingNew(view, node));
    steps.add(new Operation.DeleteRecord(latestKey(node), RecordCondition.ANY));
    for (Entry each : family(view, node)) {
      Session session = each.record().session();
      steps.add(new Operation.DeleteRecord(key(session), RecordCondition.at(each.version())));
      steps.add(new Operation.DeleteRecord(leaseKey(session), RecordCondition.ANY));
    }
    return steps;
  }

  /** This very session, current or over; nothing when the log never had it. */
  public static Optional<NodeStanding> standing(View view, Session session) {
    return record(view, session).map(entry -> joined(view, entry));
  }

  /** Where the session's record stands: a precondition for everything decided on its standing. */
  public static RecordKey key(Session session) {
    return new RecordKey(FAMILY, padded(session));
  }

  static RecordKey leaseKey(Session session) {
    return new RecordKey(LEASE_FAMILY, padded(session));
  }

  static RecordKey latestKey(NodeName node) {
    return new RecordKey(LATEST_FAMILY, node.value());
  }

  static ObjectKey nodeKey(NodeName node) {
    return new ObjectKey(NODES, "", node.value());
  }

  /** A session's record with the version that it was read at. */
  record Entry(SessionRecord record, long version) {}

  static Optional<Entry> record(View view, Session session) {
    return view.record(key(session))
        .map(stored -> new Entry(SessionCodec.decode(stored.value()), stored.version()))
        .filter(entry -> entry.record().session().equals(session));
  }

  /** The latest session of this node. */
  static Optional<Entry> latest(View view, NodeName node) {
    return view.record(latestKey(node))
        .flatMap(stored -> record(view, SessionCodec.decodeLatest(stored.value())));
  }

  /** The latest session of every node. */
  static List<Entry> latest(View view) {
    List<Entry> found = new ArrayList<>();
    for (StoredRecord latest : view.records(LATEST_FAMILY)) {
      record(view, SessionCodec.decodeLatest(latest.value())).ifPresent(found::add);
    }
    return found;
  }

  /** The numbers of all sessions that the node ever had and that are remembered. */
  public static Set<Long> numbers(View view, NodeName node) {
    return family(view, node).stream()
        .map(entry -> entry.record().session().number())
        .collect(Collectors.toSet());
  }

  /** All sessions that the node ever had and that are remembered. */
  static List<Entry> family(View view, NodeName node) {
    List<Entry> found = new ArrayList<>();
    for (StoredRecord stored : view.records(FAMILY)) {
      SessionRecord record = SessionCodec.decode(stored.value());
      if (record.session().node().equals(node)) found.add(new Entry(record, stored.version()));
    }
    return found;
  }

  private static NodeStanding joined(View view, Entry entry) {
    SessionRecord record = entry.record();
    Optional<ApiObject> node = view.get(nodeKey(record.session().node())).map(ApiObject::of);
    return new NodeStanding(
        record.session(),
        record.standing(),
        entry.version(),
        record.address(),
        node.isPresent() && !node.get().spec().path("unschedulable").asBoolean(false),
        node.map(ApiObject::labels).orElse(Map.of()));
  }

  private static String padded(Session session) {
    return String.format("%020d", session.number());
  }
}
