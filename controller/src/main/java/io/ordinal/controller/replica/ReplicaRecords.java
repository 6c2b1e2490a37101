package io.ordinal.controller.replica;

import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.id.SetKey;
import java.util.LinkedHashSet;
import java.util.Set;

/** Where replicas and what belongs to them stand in the store. */
public final class ReplicaRecords {
  public static final String FAMILY = "replica";

  /** One empty record for each life that may have processes, under its session. */
  public static final String PLACEMENT_FAMILY = "placement";

  public static final ResourceName PODS = new ResourceName("pods");
  static final ResourceName CONFIG_MAPS = new ResourceName("configmaps");
  static final ResourceName SECRETS = new ResourceName("secrets");
  static final ResourceName NODES = new ResourceName("nodes");
  static final ResourceName SETS = new ResourceName("statefulsets.apps");
  static final ResourceName CLAIMS = new ResourceName("persistentvolumeclaims");
  static final RecordKey TERM = new RecordKey(Basis.TERM_FAMILY, Basis.TERM_ID);

  private ReplicaRecords() {}

  public static RecordKey record(ReplicaId replica) {
    return new RecordKey(FAMILY, replica.toString());
  }

  public static ObjectKey pod(ReplicaId replica) {
    return new ObjectKey(PODS, replica.namespace(), replica.name());
  }

  static ObjectKey set(SetKey set) {
    return new ObjectKey(SETS, set.namespace(), set.name());
  }

  static ObjectKey node(NodeName node) {
    return new ObjectKey(NODES, "", node.value());
  }

  static RecordKey placement(Session session, ReplicaId replica) {
    return new RecordKey(PLACEMENT_FAMILY, placementsOf(session) + replica);
  }

  /** What the ids of a session's placements begin with. */
  static String placementsOf(Session session) {
    return String.format("%020d/", session.number());
  }

  /** The replica of a placement record's id. */
  static ReplicaId placed(String placementId) {
    return ReplicaId.parse(placementId.substring(placementId.indexOf('/') + 1));
  }

  /** Lives placed on any session of the node: its kept lives may be of an earlier one. */
  public static Set<ReplicaId> placedOn(View view, NodeName node) {
    Set<Long> numbers = Sessions.numbers(view, node);
    Set<ReplicaId> found = new LinkedHashSet<>();
    for (StoredRecord each : view.records(PLACEMENT_FAMILY)) {
      String id = each.key().id();
      if (numbers.contains(sessionNumber(id))) found.add(placed(id));
    }
    return found;
  }

  /** The session number of a placement record's id. */
  static long sessionNumber(String placementId) {
    return Long.parseLong(placementId.substring(0, placementId.indexOf('/')));
  }
}
