package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.Binding;
import io.ordinal.controller.volume.Binding.Share;
import io.ordinal.controller.volume.Provision;
import io.ordinal.controller.volume.SharedVolumes;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Claims that one node, or one pod, may have at a time, and who has them: other replicas whose
 * lives may have processes. Pure over a view.
 */
final class Attachments {
  /**
   * id: namespace and claim; value: the replica placed last. Written so that placements collide.
   */
  private static final String FAMILY = "attachment";

  private record Holder(ReplicaId replica, NodeName node, Share share) {
    boolean alone() {
      return has(share, mode -> mode.equals("ReadWriteOncePod"));
    }
  }

  private final View view;
  private final ReplicaId replica;
  private final List<Share> exclusive;
  private final List<Holder> holders;

  private Attachments(View view, ReplicaId replica, List<Share> exclusive) {
    this.view = view;
    this.replica = replica;
    this.exclusive = exclusive;
    this.holders = exclusive.isEmpty() ? List.of() : holders();
  }

  /** Those of the replica's shares that not everybody may have. */
  static Attachments of(View view, ReplicaId replica, List<Share> shares) {
    return new Attachments(view, replica, shares.stream().filter(Attachments::exclusive).toList());
  }

  /** Other volumes of one node have that node anyway. */
  private static boolean exclusive(Share share) {
    if (has(share, mode -> mode.equals("ReadWriteOncePod"))) return true;
    return SharedVolumes.isOf(share) && !SharedVolumes.forSeveral(share.claim());
  }

  private static boolean has(Share share, Predicate<String> wanted) {
    for (var mode : share.claim().spec().path("accessModes")) {
      if (wanted.test(mode.asString(""))) return true;
    }
    return false;
  }

  /** Whether no node will do, whatever else it has. In the words of Kubernetes' scheduler. */
  Optional<String> refusal() {
    return holders.stream()
        .filter(Holder::alone)
        .findFirst()
        .map(
            holder ->
                "pod %s uses PersistentVolumeClaim \"%s\" with ReadWriteOncePod access mode"
                    .formatted(holder.replica().name(), holder.share().claim().name()));
  }

  /** Of these nodes (empty: of all) those that the holders leave. */
  Optional<Set<NodeName>> nodes(Optional<Set<NodeName>> wanted) {
    Optional<Set<NodeName>> left = wanted;
    for (Holder holder : holders) {
      Set<NodeName> only = new HashSet<>(Set.of(holder.node()));
      left.ifPresent(only::retainAll);
      left = Optional.of(only);
    }
    return left;
  }

  /** Who keeps the pod from other nodes, for people; empty when nobody does. */
  String explained() {
    StringBuilder text = new StringBuilder();
    for (Holder holder : holders) {
      text.append(
          " Multi-Attach error for volume \"%s\": Volume is already used by pod(s) %s on node %s."
              .formatted(
                  Provision.volumeName(holder.share()), holder.replica().name(), holder.node()));
    }
    return text.toString();
  }

  /** What goes into the placing transaction: of two at the same moment one is refused. */
  List<Operation> taken() {
    List<Operation> operations = new ArrayList<>();
    for (Share share : exclusive) {
      RecordKey key = new RecordKey(FAMILY, replica.namespace() + "/" + share.claim().name());
      operations.add(
          new Operation.PutRecord(
              key,
              replica.toString().getBytes(StandardCharsets.UTF_8),
              RecordCondition.at(view.recordVersion(key))));
    }
    return operations;
  }

  private List<Holder> holders() {
    List<Holder> found = new ArrayList<>();
    for (StoredRecord each : view.records(ReplicaRecords.PLACEMENT_FAMILY)) {
      ReplicaId other = ReplicaRecords.placed(each.key().id());
      boolean near = other.namespace().equals(replica.namespace()) && !other.equals(replica);
      if (near)
        view.get(ReplicaRecords.pod(other)).ifPresent(pod -> found.addAll(held(pod, other)));
    }
    return found;
  }

  private List<Holder> held(StoredObject stored, ReplicaId other) {
    // Most pods have nothing to do with it, and parsing them all would be slow.
    String text = new String(stored.document(), StandardCharsets.UTF_8);
    List<Share> named =
        exclusive.stream().filter(share -> text.contains(share.claim().name())).toList();
    if (named.isEmpty()) return List.of();
    ApiObject pod = ApiObject.of(stored);
    List<String> claims = Binding.claimsOf(pod);
    NodeName node = new NodeName(pod.spec().path("nodeName").asString(""));
    return named.stream()
        .filter(share -> claims.contains(share.claim().name()))
        .map(share -> new Holder(other, node, share))
        .toList();
  }
}
