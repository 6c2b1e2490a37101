package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Quantities;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A wish for a volume, and the volume that it got. */
final class PersistentVolumeClaimKind extends OrdinaryKind {
  private static final String PROTECTION = "kubernetes.io/pvc-protection";
  private static final String IMMUTABLE =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName"
          + " for bound claims";
  private static final String FIXED =
      "only dynamically provisioned pvc can be resized and the storageclass that provisions the"
          + " pvc must support resize";
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Status", "Pending, Bound, Lost or Terminating."),
          Columns.text("Volume", "The volume that the claim is bound to."),
          Columns.text("Capacity", "Capacity of the volume."),
          Columns.text("Access Modes", "How the volume may be mounted."),
          Columns.text("StorageClass", "The class that volumes are taken from."),
          Columns.text("VolumeAttributesClass", "The class of the volume's attributes."),
          Columns.AGE,
          Columns.wide("VolumeMode", "Filesystem or Block."));

  PersistentVolumeClaimKind() {
    super(
        KindNames.namespaced("v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
        PersistentVolumeClaim.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(status());
  }

  @Override
  void addDefaults(ObjectNode claim) {
    ClaimSpecs.add(claim);
  }

  @Override
  public void prepareForCreate(ObjectNode claim) {
    claim.putObject("status").put("phase", "Pending");
    Finalizers.add(claim, PROTECTION);
  }

  @Override
  public List<Cause> validateCreate(ApiObject claim) {
    Faults faults = new Faults();
    ClaimSpecs.check(faults, "spec", claim.spec());
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject claim, ApiObject old) {
    Faults faults = new Faults();
    ObjectNode before = old.copy();
    applyDefaults(before);
    checkChange(faults, before.path("spec"), claim.spec());
    ClaimSpecs.check(faults, "spec", claim.spec());
    return faults.found();
  }

  private static void checkChange(Faults faults, JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    names.remove("volumeAttributesClassName");
    boolean bound = !Tree.text(before, "volumeName").isEmpty();
    if (!bound) names.remove("volumeName"); // It may be bound by hand.
    if (Tree.absent(before.path("storageClassName"))) names.remove("storageClassName");
    if (bound) names.remove("resources");
    if (names.stream().anyMatch(name -> !Tree.same(before.path(name), after.path(name)))) {
      faults.forbidden("spec", IMMUTABLE);
    }
    if (growth(before, after) < 0) {
      faults.forbidden(
          "spec.resources.requests.storage", "field can not be less than previous value");
    }
  }

  /** No class here says otherwise. */
  @Override
  public Optional<String> forbidsUpdate(ApiObject claim, ApiObject old) {
    return growth(old.spec(), claim.spec()) > 0 ? Optional.of(FIXED) : Optional.empty();
  }

  /** Positive when a bound claim wants more than it did, negative when less. */
  private static int growth(JsonNode before, JsonNode after) {
    if (Tree.text(before, "volumeName").isEmpty()) return 0;
    return Quantities.compare(wanted(after), wanted(before));
  }

  private static JsonNode wanted(JsonNode spec) {
    return spec.path("resources").path("requests").path("storage");
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject claim, Instant now) {
    boolean ending = claim.deletionTimestamp().isPresent();
    String volume = Tree.text(claim.spec(), "volumeName");
    JsonNode status = claim.status();
    return List.of(
        claim.name(),
        ending ? "Terminating" : Tree.text(status, "phase"),
        volume,
        volume.isEmpty() ? "" : Tree.text(status.path("capacity"), "storage"),
        volume.isEmpty() ? "" : Cells.accessModes(status.path("accessModes")),
        Tree.text(claim.spec(), "storageClassName"),
        claim.spec().path("volumeAttributesClassName").asString(Cells.UNSET),
        Durations.age(claim, now),
        claim.spec().path("volumeMode").asString(Cells.UNSET));
  }
}
