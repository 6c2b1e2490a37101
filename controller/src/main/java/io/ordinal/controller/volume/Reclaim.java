package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
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
    ApiObject claim = claims.get(claimKey);
    if (claim != null && claim.uid().equals(uid)) return Optional.empty(); // In use.
    Operation stillGone =
        new Operation.Expect(claimKey, claim == null ? Condition.ABSENT : at(claim));
    return released(key, volume, leaving)
        .map(operation -> new Transaction(List.of(stillGone, operation)));
  }

  /** Only what Ordinal made is removed, and only by its policy or because somebody asked. */
  private static Optional<Operation> released(ObjectKey key, ApiObject volume, boolean leaving) {
    boolean ours =
        Binding.LOCAL_PROVISIONER.equals(
            volume.annotations().get("pv.kubernetes.io/provisioned-by"));
    boolean delete =
        volume.spec().path("persistentVolumeReclaimPolicy").asString("").equals("Delete");
    if (ours && delete) return Optional.of(new Operation.Delete(key, at(volume)));
    if (leaving && volume.finalizers().contains(Provision.PV_PROTECTION)) {
      return Optional.of(without(key, volume, Provision.PV_PROTECTION));
    }
    if (volume.status().path("phase").asString("").equals("Released")) return Optional.empty();
    ObjectNode tree = volume.copy();
    tree.withObjectProperty("status").put("phase", "Released");
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
