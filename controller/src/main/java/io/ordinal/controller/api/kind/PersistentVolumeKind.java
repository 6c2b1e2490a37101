package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Quantities;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.volume.SharedVolumes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A volume and where it is. */
final class PersistentVolumeKind extends OrdinaryKind {
  private static final String PROTECTION = "kubernetes.io/pv-protection";
  private static final List<String> SOURCES = List.of("local", "hostPath", "csi");
  private static final Set<String> OTHERS =
      Set.of(
          "accessModes",
          "capacity",
          "claimRef",
          "mountOptions",
          "nodeAffinity",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "volumeAttributesClassName",
          "volumeMode");
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Capacity", "How much the volume holds."),
          Columns.text("Access Modes", "How the volume may be mounted."),
          Columns.text("Reclaim Policy", "What becomes of it once its claim is gone."),
          Columns.text("Status", "Available, Bound, Released, Failed or Terminating."),
          Columns.text("Claim", "The claim that it is bound to."),
          Columns.text("StorageClass", "The class that it belongs to."),
          Columns.text("VolumeAttributesClass", "The class of its attributes."),
          Columns.text("Reason", "Why it is in this status."),
          Columns.AGE,
          Columns.wide("VolumeMode", "Filesystem or Block."));

  PersistentVolumeKind() {
    super(
        KindNames.cluster("v1", "PersistentVolume", "persistentvolumes", "pv"),
        PersistentVolume.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(status());
  }

  @Override
  void addDefaults(ObjectNode volume) {
    ObjectNode spec = Tree.ensure(volume, "spec");
    Tree.defaultText(spec, "persistentVolumeReclaimPolicy", "Retain");
    Tree.defaultText(spec, "volumeMode", "Filesystem");
    if (spec.get("hostPath") instanceof ObjectNode path && !path.has("type")) path.put("type", "");
    Tree.defaultText(Tree.ensure(volume, "status"), "phase", "Pending");
  }

  @Override
  public void prepareForCreate(ObjectNode volume) {
    volume.putObject("status").put("phase", "Pending");
    Finalizers.add(volume, PROTECTION);
  }

  @Override
  public List<Cause> validateCreate(ApiObject volume) {
    Faults faults = new Faults();
    JsonNode spec = volume.spec();
    if (faults.present("spec.capacity", spec.path("capacity"))) {
      checkCapacity(faults, spec.path("capacity"));
    }
    faults.present("spec.accessModes", spec.path("accessModes"));
    ClaimSpecs.checkAccessModes(faults, "spec.accessModes", spec.path("accessModes"));
    faults.oneOf(
        "spec.persistentVolumeReclaimPolicy",
        spec.path("persistentVolumeReclaimPolicy"),
        "Delete",
        "Recycle",
        "Retain");
    ClaimSpecs.checkVolumeMode(faults, "spec.volumeMode", spec.path("volumeMode"));
    String storageClass = Tree.text(spec, "storageClassName");
    if (!storageClass.isEmpty()) {
      faults.invalid("spec.storageClassName", storageClass, Syntax.subdomain(storageClass));
    }
    checkSource(faults, spec);
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject volume, ApiObject old) {
    Faults faults = new Faults();
    ObjectNode before = old.copy();
    applyDefaults(before);
    JsonNode had = before.path("spec");
    for (String source : SOURCES) {
      if (!Tree.same(had.path(source), volume.spec().path(source))) {
        faults.forbidden(
            "spec.persistentvolumesource",
            "spec.persistentvolumesource is immutable after creation");
      }
    }
    JsonNode mode = volume.spec().path("volumeMode");
    if (!Tree.same(had.path("volumeMode"), mode)) {
      faults.invalid("spec.volumeMode", mode, "field is immutable");
    }
    JsonNode affinity = had.path("nodeAffinity");
    if (affinity.isObject() && !Tree.same(affinity, volume.spec().path("nodeAffinity"))) {
      faults.invalid("spec.nodeAffinity", volume.spec().path("nodeAffinity"), "field is immutable");
    }
    validateCreate(volume).forEach(faults::add);
    return faults.found();
  }

  private static void checkCapacity(Faults faults, JsonNode capacity) {
    for (Map.Entry<String, JsonNode> each : capacity.properties()) {
      if (Quantities.parse(each.getValue()).map(value -> value.signum() <= 0).orElse(false)) {
        faults.invalid(
            "spec.capacity[" + each.getKey() + "]",
            each.getValue().asString(""),
            "must be greater than zero");
      }
    }
    if (!capacity.has("storage")) {
      faults.required("spec.capacity[storage]", "");
    }
  }

  private static void checkSource(Faults faults, JsonNode spec) {
    int found = 0;
    for (String field : spec.propertyNames()) {
      if (OTHERS.contains(field)) continue;
      if (++found > 1) {
        faults.forbidden("spec." + field, "may not specify more than 1 volume type");
      } else if (!SOURCES.contains(field)) {
        faults.forbidden(
            "spec." + field,
            "volumes of this type are not supported by Ordinal; supported types: local, hostPath,"
                + " and csi with the driver "
                + SharedVolumes.PROVISIONER);
      } else if (field.equals("csi")) {
        checkShared(faults, spec.path(field));
      } else {
        checkPath(faults, "spec." + field + ".path", spec.path(field).path("path"));
      }
    }
    if (found == 0) faults.required("spec", "must specify a volume type");
    if (spec.has("local") && !spec.path("nodeAffinity").path("required").isObject()) {
      faults.required("spec.nodeAffinity", "Local volume requires node affinity");
    }
  }

  private static void checkPath(Faults faults, String at, JsonNode path) {
    if (!faults.present(at, path)) return;
    if (List.of(path.asString("").split("/")).contains("..")) {
      faults.invalid(at, path, "must not contain '..'");
    }
  }

  private static void checkShared(Faults faults, JsonNode csi) {
    faults.oneOf("spec.csi.driver", csi.path("driver"), SharedVolumes.PROVISIONER);
    faults.present("spec.csi.driver", csi.path("driver"));
    faults.present("spec.csi.volumeHandle", csi.path("volumeHandle"));
    String at = "spec.csi.volumeAttributes[path]";
    JsonNode path = csi.path("volumeAttributes").path(SharedVolumes.PATH);
    if (faults.present(at, path) && !path.asString("").startsWith("/")) {
      faults.invalid(at, path, "must be an absolute path");
    }
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject volume, Instant now) {
    JsonNode spec = volume.spec();
    JsonNode claim = spec.path("claimRef");
    boolean claimed = !Tree.text(claim, "name").isEmpty();
    boolean ending = volume.deletionTimestamp().isPresent();
    return List.of(
        volume.name(),
        Tree.text(spec.path("capacity"), "storage"),
        Cells.accessModes(spec.path("accessModes")),
        Tree.text(spec, "persistentVolumeReclaimPolicy"),
        ending ? "Terminating" : Tree.text(volume.status(), "phase"),
        claimed ? Tree.text(claim, "namespace") + "/" + Tree.text(claim, "name") : "",
        Tree.text(spec, "storageClassName"),
        spec.path("volumeAttributesClassName").asString(Cells.UNSET),
        Tree.text(volume.status(), "reason"),
        Durations.age(volume, now),
        spec.path("volumeMode").asString(Cells.UNSET));
  }
}
