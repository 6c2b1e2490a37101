package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.volume.Binding.Share;
import io.ordinal.protocol.id.NodeName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of a binding: the new volume, and what is merged into claim and volume. Pure. */
public final class Provision {
  public static final String PV_PROTECTION = "kubernetes.io/pv-protection";

  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

  private Provision() {}

  /** Name of the volume that the share is about: the directory's name on the node. */
  public static String volumeName(Share share) {
    return Binding.existing(share).map(ApiObject::name).orElse("pvc-" + share.claim().uid());
  }

  /** A directory of the node for this claim, bound from the start. */
  public static ObjectNode volume(Share.New share, NodeName node, UUID uid, Instant now) {
    ApiObject claim = share.claim();
    ObjectNode volume = Json.object();
    volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
    ObjectNode metadata = volume.putObject("metadata");
    metadata.put("name", volumeName(share)).put("uid", uid.toString());
    metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.putObject("annotations").put(PROVISIONED_BY, Binding.LOCAL_PROVISIONER);
    metadata.putArray("finalizers").add(PV_PROTECTION);
    ObjectNode spec = volume.putObject("spec");
    spec.putObject("capacity").put("storage", requested(claim));
    spec.set("accessModes", modes(claim));
    spec.put(
        "persistentVolumeReclaimPolicy",
        share.storageClass().tree().path("reclaimPolicy").asString("Delete"));
    spec.put("storageClassName", share.storageClass().name());
    spec.put("volumeMode", "Filesystem");
    spec.set("claimRef", reference(claim));
    // An empty path: the node keeps the directory in its own place, under the volume's name.
    spec.putObject("local").put("path", "");
    ObjectNode expression =
        spec.putObject("nodeAffinity")
            .putObject("required")
            .putArray("nodeSelectorTerms")
            .addObject()
            .putArray("matchExpressions")
            .addObject();
    expression.put("key", "kubernetes.io/hostname").put("operator", "In");
    expression.putArray("values").add(node.value());
    volume.putObject("status").put("phase", "Bound");
    return volume;
  }

  /** What the claim learns of its volume; nothing when it knows already. */
  public static Optional<Merge> claim(Share share, NodeName node) {
    if (share instanceof Share.Bound) return Optional.empty();
    ApiObject claim = share.claim();
    String volume = volumeName(share);
    ObjectNode fields = Json.object();
    ObjectNode annotations = fields.putObject("metadata").putObject("annotations");
    annotations.put("pv.kubernetes.io/bind-completed", "yes");
    annotations.put("pv.kubernetes.io/bound-by-controller", "yes");
    ObjectNode spec = fields.putObject("spec");
    spec.put("volumeName", volume);
    ObjectNode status = fields.putObject("status");
    status.put("phase", "Bound");
    if (share instanceof Share.New fresh) {
      annotations.put("volume.kubernetes.io/selected-node", node.value());
      annotations.put("volume.beta.kubernetes.io/storage-provisioner", Binding.LOCAL_PROVISIONER);
      spec.put("storageClassName", fresh.storageClass().name());
    }
    JsonNode source = Binding.existing(share).orElse(claim).spec();
    status.set("accessModes", source.path("accessModes").deepCopy());
    status
        .putObject("capacity")
        .put("storage", source.path("capacity").path("storage").asString(requested(claim)));
    return Optional.of(
        new Merge(
            VolumeWorld.claimKey(claim.namespace(), claim.name()),
            claim.uid(),
            fields,
            "/spec/volumeName",
            volume));
  }

  /** What a volume that an operator made learns of its claim. */
  public static Optional<Merge> volume(Share share) {
    if (!(share instanceof Share.Found found)) return Optional.empty();
    ObjectNode fields = Json.object();
    fields
        .putObject("metadata")
        .putObject("annotations")
        .put("pv.kubernetes.io/bound-by-controller", "yes");
    fields.putObject("spec").set("claimRef", reference(found.claim()));
    fields.putObject("status").put("phase", "Bound");
    return Optional.of(
        new Merge(
            VolumeWorld.volumeKey(found.volume().name()),
            found.volume().uid(),
            fields,
            "/spec/claimRef/uid",
            found.claim().uid()));
  }

  private static ObjectNode reference(ApiObject claim) {
    ObjectNode reference = Json.object();
    reference.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    reference.put("namespace", claim.namespace()).put("name", claim.name());
    return reference.put("uid", claim.uid());
  }

  private static String requested(ApiObject claim) {
    return claim.spec().path("resources").path("requests").path("storage").asString("0");
  }

  private static JsonNode modes(ApiObject claim) {
    return claim.spec().path("accessModes").deepCopy();
  }
}
