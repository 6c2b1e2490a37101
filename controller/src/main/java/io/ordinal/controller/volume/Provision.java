package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.volume.Binding.Share;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of a binding: the new volume, and what is merged into claim and volumes. Pure. */
public final class Provision {
  public static final String PV_PROTECTION = "kubernetes.io/pv-protection";

  /** Of a volume that took the place of one whose node was lost: that one's name. */
  public static final String REBUILT_FROM = "ordinal.io/rebuilt-from";

  /** Of a volume whose node was lost: the name of the one that took its place. */
  public static final String SUPERSEDED_BY = "ordinal.io/superseded-by";

  /** Of a local volume: UUID of the state of the node that it was made on. */
  public static final String STATE_DIRECTORY = "ordinal.io/state-directory";

  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private Provision() {}

  /** Whether this provisioner made the volume. */
  static boolean madeBy(String provisioner, ApiObject volume) {
    return provisioner.equals(volume.annotations().get(PROVISIONED_BY));
  }

  /** UUID of the state of the node that the local volume was made on; empty when not known. */
  public static String home(ApiObject volume) {
    return volume.annotations().getOrDefault(STATE_DIRECTORY, "");
  }

  /** Name of the volume that the share is about: the directory's name on the node. */
  public static String volumeName(Share share) {
    String first = "pvc-" + share.claim().uid();
    if (share instanceof Share.Rebuilt rebuilt) {
      String before = rebuilt.lost().name();
      String count = before.startsWith(first + "-") ? before.substring(first.length() + 1) : "0";
      return first + "-" + (count.matches("[0-9]{1,9}") ? Long.parseLong(count) + 1 : 1);
    }
    return Binding.existing(share).map(ApiObject::name).orElse(first);
  }

  /**
   * The volume that the share asks for, bound from the start; nothing when there is one.
   *
   * @param session of the node that it is placed on
   * @param life that is placed there
   */
  public static Optional<ObjectNode> volume(
      Share share, Session session, Incarnation life, UUID uid, Instant now) {
    Optional<ObjectNode> made = volume(share, session, uid, now);
    made.map(ApiObject::new)
        .filter(SharedVolumes::is)
        .ifPresent(shared -> noteFirst(made.get(), life));
    return made;
  }

  private static void noteFirst(ObjectNode volume, Incarnation life) {
    volume
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(SharedVolumes.FIRST_LIFE, life.toString());
  }

  private static Optional<ObjectNode> volume(Share share, Session session, UUID uid, Instant now) {
    if (share instanceof Share.New fresh) {
      return Optional.of(volume(share, fresh.storageClass(), session, uid, now));
    }
    if (!(share instanceof Share.Rebuilt rebuilt)) return Optional.empty();
    ObjectNode volume = volume(share, rebuilt.storageClass(), session, uid, now);
    volume
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(REBUILT_FROM, rebuilt.lost().name());
    return Optional.of(volume);
  }

  private static ObjectNode volume(
      Share share, ApiObject storageClass, Session session, UUID uid, Instant now) {
    ApiObject claim = share.claim();
    boolean shared = SharedVolumes.isClass(storageClass);
    ObjectNode volume = Json.object();
    volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
    ObjectNode metadata = volume.putObject("metadata");
    metadata.put("name", volumeName(share)).put("uid", uid.toString());
    metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode annotations = metadata.putObject("annotations");
    annotations.put(PROVISIONED_BY, shared ? SharedVolumes.PROVISIONER : Binding.LOCAL_PROVISIONER);
    if (!shared) annotations.put(STATE_DIRECTORY, session.stateUuid().toString());
    metadata.putArray("finalizers").add(PV_PROTECTION);
    ObjectNode spec = volume.putObject("spec");
    spec.putObject("capacity").put("storage", requested(claim));
    spec.set("accessModes", modes(claim));
    spec.put(
        "persistentVolumeReclaimPolicy",
        storageClass.tree().path("reclaimPolicy").asString("Delete"));
    spec.put("storageClassName", storageClass.name());
    spec.put("volumeMode", "Filesystem");
    spec.set("claimRef", reference(claim));
    if (shared) SharedVolumes.source(spec, storageClass, volumeName(share));
    else local(spec, session.node());
    volume.putObject("status").put("phase", "Bound");
    return volume;
  }

  private static void local(ObjectNode spec, NodeName node) {
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
      boolean shared = SharedVolumes.isClass(fresh.storageClass());
      annotations.put(
          "volume.beta.kubernetes.io/storage-provisioner",
          shared ? SharedVolumes.PROVISIONER : Binding.LOCAL_PROVISIONER);
      if (!shared) annotations.put(SELECTED_NODE, node.value());
      spec.put("storageClassName", fresh.storageClass().name());
    }
    if (share instanceof Share.Rebuilt) annotations.put(SELECTED_NODE, node.value());
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
            volume,
            share instanceof Share.Rebuilt rebuilt ? rebuilt.lost().name() : ""));
  }

  /**
   * What a volume that exists learns: of its claim, or that another one takes its place.
   *
   * @param life that is placed with it
   */
  public static Optional<Merge> volume(Share share, Incarnation life) {
    if (share instanceof Share.Rebuilt rebuilt) return Optional.of(superseded(rebuilt));
    if (!(share instanceof Share.Found found)) return Optional.empty();
    ObjectNode fields = Json.object();
    fields
        .putObject("metadata")
        .putObject("annotations")
        .put("pv.kubernetes.io/bound-by-controller", "yes");
    if (SharedVolumes.is(found.volume())) noteFirst(fields, life);
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

  /** Kept for whoever finds the machine again; removed by a user only. */
  private static Merge superseded(Share.Rebuilt rebuilt) {
    String next = volumeName(rebuilt);
    ObjectNode fields = Json.object();
    fields.putObject("metadata").putObject("annotations").put(SUPERSEDED_BY, next);
    fields.putObject("spec").put("persistentVolumeReclaimPolicy", "Retain");
    fields
        .putObject("status")
        .put("phase", "Released")
        .put("message", "its node was lost; " + next + " took its place");
    return new Merge(
        VolumeWorld.volumeKey(rebuilt.lost().name()),
        rebuilt.lost().uid(),
        fields,
        "/metadata/annotations/ordinal.io~1superseded-by",
        next);
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
