package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what becomes of claims that are deleted and of volumes whose claim is gone. Each step is
 * a transaction of its own under the condition that nothing it was decided on has moved. Pure.
 */
final class Reclaim {
  static final String PVC_PROTECTION = "kubernetes.io/pvc-protection";

  private final Map<ObjectKey, ApiObject> claims;
  private final Set<ObjectKey> used;

  /**
   * @param claims all of them
   * @param pods all of them
   */
  Reclaim(List<ApiObject> claims, List<ApiObject> pods) {
    this.claims =
        claims.stream()
            .collect(
                Collectors.toMap(
                    each -> VolumeWorld.claimKey(each.namespace(), each.name()),
                    Function.identity()));
    this.used =
        pods.stream()
            .flatMap(
                pod ->
                    Binding.claimsOf(pod).stream()
                        .map(name -> VolumeWorld.claimKey(pod.namespace(), name)))
            .collect(Collectors.toSet());
  }

  /** Claims whose deletion was asked for and that no pod uses lose their protection. */
  List<Transaction> ofClaims() {
    List<Transaction> steps = new ArrayList<>();
    claims.forEach(
        (key, claim) -> {
          boolean goes =
              claim.deletionTimestamp().isPresent()
                  && claim.finalizers().contains(PVC_PROTECTION)
                  && !used.contains(key);
          if (goes) steps.add(new Transaction(List.of(without(key, claim, PVC_PROTECTION))));
        });
    return steps;
  }

  /** What to do with the volumes. */
  List<Transaction> ofVolumes(List<ApiObject> volumes) {
    List<Transaction> steps = new ArrayList<>();
    for (ApiObject volume : volumes) ofVolume(volume).ifPresent(steps::add);
    return steps;
  }

  private Optional<Transaction> ofVolume(ApiObject volume) {
    ObjectKey key = VolumeWorld.volumeKey(volume.name());
    var reference = volume.spec().path("claimRef");
    String uid = reference.path("uid").asString("");
    boolean leaving = volume.deletionTimestamp().isPresent();
    if (uid.isEmpty()) {
      boolean goes = leaving && volume.finalizers().contains(Provision.PV_PROTECTION);
      return goes
          ? Optional.of(new Transaction(List.of(without(key, volume, Provision.PV_PROTECTION))))
          : Optional.empty();
    }
    ObjectKey claimKey =
        VolumeWorld.claimKey(
            reference.path("namespace").asString(""), reference.path("name").asString(""));
    if (claimOf(volume).isPresent()) return Optional.empty(); // In use.
    ApiObject claim = claims.get(claimKey);
    Operation stillGone =
        new Operation.Expect(claimKey, claim == null ? Condition.ABSENT : at(claim));
    return released(key, volume, leaving)
        .map(operation -> new Transaction(List.of(stillGone, operation)));
  }

  /**
   * The directory of a volume that nobody has any more.
   *
   * @param node where it is; empty when every node sees it
   * @param path empty when the node has it in its own place
   */
  record Removal(Optional<NodeName> node, String volume, String path, String uid) {
    boolean by(NodeName answering) {
      return node.isEmpty() || node.get().equals(answering);
    }
  }

  /** Directories that go: the volume stays Released until the node says that its directory does. */
  List<Removal> removals(List<ApiObject> volumes) {
    return volumes.stream().flatMap(volume -> removal(volume).stream()).toList();
  }

  /**
   * What follows from a node's word that the directory is gone.
   *
   * @return nothing when the volume is not one that this node was to remove
   */
  Optional<Transaction> afterRemoval(ApiObject volume, NodeName node, Instant now) {
    if (removal(volume).filter(each -> each.by(node)).isEmpty()) return Optional.empty();
    ObjectNode leaving = volume.copy();
    ObjectNode metadata = leaving.withObjectProperty("metadata");
    if (volume.deletionTimestamp().isEmpty()) {
      metadata.put("deletionTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return Optional.of(
        Transaction.of(
            without(
                VolumeWorld.volumeKey(volume.name()),
                new ApiObject(leaving),
                Provision.PV_PROTECTION)));
  }

  private Optional<Removal> removal(ApiObject volume) {
    boolean released = volume.status().path("phase").asString("").equals("Released");
    if (!released || !removable(volume) || claimOf(volume).isPresent()) return Optional.empty();
    Optional<NodeName> node = Binding.node(volume);
    if (node.isEmpty() && !SharedVolumes.is(volume)) return Optional.empty();
    String path = SharedVolumes.is(volume) ? SharedVolumes.path(volume) : "";
    return Optional.of(new Removal(node, volume.name(), path, volume.uid()));
  }

  /** A claim that has got another volume, since the node of this one was lost, has left it. */
  private Optional<ApiObject> claimOf(ApiObject volume) {
    var reference = volume.spec().path("claimRef");
    ObjectKey key =
        VolumeWorld.claimKey(
            reference.path("namespace").asString(""), reference.path("name").asString(""));
    return Optional.ofNullable(claims.get(key))
        .filter(claim -> claim.uid().equals(reference.path("uid").asString("")))
        .filter(claim -> !volume.annotations().containsKey(Provision.SUPERSEDED_BY));
  }

  /** Only what Ordinal made is removed, and only by its policy. */
  private static boolean removable(ApiObject volume) {
    boolean ours =
        Provision.madeBy(Binding.LOCAL_PROVISIONER, volume)
            || Provision.madeBy(SharedVolumes.PROVISIONER, volume);
    boolean claimed = !volume.spec().path("claimRef").path("uid").asString("").isEmpty();
    boolean done =
        volume.deletionTimestamp().isPresent()
            && !volume.finalizers().contains(Provision.PV_PROTECTION);
    return ours
        && claimed
        && !done
        && volume.spec().path("persistentVolumeReclaimPolicy").asString("").equals("Delete");
  }

  private static Optional<Operation> released(ObjectKey key, ApiObject volume, boolean leaving) {
    boolean goes = removable(volume);
    Optional<NodeName> node = goes ? Binding.node(volume) : Optional.empty();
    if (goes && node.isEmpty() && !SharedVolumes.is(volume))
      return Optional.of(new Operation.Delete(key, at(volume)));
    if (!goes && leaving && volume.finalizers().contains(Provision.PV_PROTECTION)) {
      return Optional.of(without(key, volume, Provision.PV_PROTECTION));
    }
    if (volume.status().path("phase").asString("").equals("Released")) return Optional.empty();
    ObjectNode tree = volume.copy();
    ObjectNode status = tree.withObjectProperty("status").put("phase", "Released");
    if (goes) {
      String who = node.map(on -> "node " + on).orElse("a node");
      status.put("message", who + " is to remove the directory");
    }
    return Optional.of(new Operation.Put(key, new ApiObject(tree).draft(), at(volume)));
  }

  /** Without the last finalizer a deleted object goes. */
  private static Operation without(ObjectKey key, ApiObject object, String finalizer) {
    List<String> left = new ArrayList<>(object.finalizers());
    left.removeIf(finalizer::equals);
    if (left.isEmpty()) return new Operation.Delete(key, at(object));
    ObjectNode tree = object.copy();
    ArrayNode finalizers = tree.withObjectProperty("metadata").putArray("finalizers");
    left.forEach(finalizers::add);
    return new Operation.Put(key, new ApiObject(tree).draft(), at(object));
  }

  private static Condition at(ApiObject object) {
    return Condition.at(new Revision(Long.parseLong(object.resourceVersion())));
  }
}
