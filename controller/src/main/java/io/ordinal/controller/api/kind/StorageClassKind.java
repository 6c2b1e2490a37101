package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.volume.Binding;
import io.ordinal.controller.volume.SharedVolumes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where volumes come from. */
final class StorageClassKind extends OrdinaryKind {
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
  private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";
  private static final Set<String> OWN_PROVISIONERS =
      Set.of(Binding.LOCAL_PROVISIONER, SharedVolumes.PROVISIONER);
  private static final List<String> UNSERVED =
      List.of("mountOptions", "allowedTopologies", "allowVolumeExpansion");
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Provisioner", "Who makes the volumes."),
          Columns.text("ReclaimPolicy", "What becomes of a volume once its claim is gone."),
          Columns.text("VolumeBindingMode", "Whether a volume waits for its first pod."),
          Columns.text("AllowVolumeExpansion", "Whether claims may grow."),
          Columns.AGE);

  StorageClassKind() {
    super(
        KindNames.cluster("storage.k8s.io/v1", "StorageClass", "storageclasses", "sc"),
        StorageClass.class);
  }

  @Override
  void addDefaults(ObjectNode storageClass) {
    Tree.defaultText(storageClass, "reclaimPolicy", "Delete");
    Tree.defaultText(storageClass, "volumeBindingMode", "Immediate");
  }

  @Override
  public List<Cause> validateCreate(ApiObject storageClass) {
    Faults faults = new Faults();
    form(storageClass).forEach(faults::add);
    UNSERVED.forEach(field -> refuseUnserved(faults, storageClass, field));
    return faults.found();
  }

  /** What nobody would do for volumes of this provisioner. */
  private static void refuseUnserved(Faults faults, ApiObject storageClass, String field) {
    JsonNode value = storageClass.tree().path(field);
    String provisioner = Tree.text(storageClass.tree(), "provisioner");
    boolean asked = value.isArray() ? !value.isEmpty() : value.asBoolean(false);
    if (asked && OWN_PROVISIONERS.contains(provisioner)) {
      faults.forbidden(field, "not supported by the provisioner " + provisioner);
    }
  }

  private static List<Cause> form(ApiObject storageClass) {
    Faults faults = new Faults();
    JsonNode tree = storageClass.tree();
    if (faults.present("provisioner", tree.path("provisioner"))) {
      String name = Tree.text(tree, "provisioner").toLowerCase(Locale.ROOT);
      faults.invalid("provisioner", name, Syntax.qualifiedName(name));
      StorageClassParameters.check(faults, name, tree.path("parameters"));
    }
    faults.oneOf("reclaimPolicy", tree.path("reclaimPolicy"), "Delete", "Retain");
    faults.oneOf(
        "volumeBindingMode", tree.path("volumeBindingMode"), "Immediate", "WaitForFirstConsumer");
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject storageClass, ApiObject old) {
    Faults faults = new Faults();
    ObjectNode before = old.copy();
    applyDefaults(before);
    for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
      if (!Tree.same(before.path(field), storageClass.tree().path(field))) {
        faults.forbidden(field, "updates to " + field + " are forbidden.");
      }
    }
    JsonNode mode = storageClass.tree().path("volumeBindingMode");
    if (!Tree.same(before.path("volumeBindingMode"), mode)) {
      faults.invalid("volumeBindingMode", mode, "field is immutable");
    }
    form(storageClass).forEach(faults::add);
    UNSERVED.stream()
        .filter(field -> !Tree.same(before.path(field), storageClass.tree().path(field)))
        .forEach(field -> refuseUnserved(faults, storageClass, field));
    return faults.found();
  }

  @Override
  public List<String> warnings(ApiObject storageClass) {
    String provisioner = Tree.text(storageClass.tree(), "provisioner");
    boolean own = OWN_PROVISIONERS.contains(provisioner);
    if (own && Tree.text(storageClass.tree(), "volumeBindingMode").equals("Immediate")) {
      return List.of(
          "volumeBindingMode: volumes of "
              + provisioner
              + " are bound when a pod uses the claim, as with WaitForFirstConsumer");
    }
    if (own || provisioner.equals(NO_PROVISIONER)) return List.of();
    return List.of(
        "provisioner: nothing here answers to "
            + provisioner
            + "; claims of this class stay Pending until a volume is made by hand");
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject storageClass, Instant now) {
    JsonNode tree = storageClass.tree();
    boolean standard = "true".equals(storageClass.annotations().get(DEFAULT));
    return List.of(
        standard ? storageClass.name() + " (default)" : storageClass.name(),
        Tree.text(tree, "provisioner"),
        Tree.text(tree, "reclaimPolicy"),
        Tree.text(tree, "volumeBindingMode"),
        tree.path("allowVolumeExpansion").asBoolean(false),
        Durations.age(storageClass, now));
  }
}
