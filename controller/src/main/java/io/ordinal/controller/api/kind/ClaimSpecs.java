package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.Quantities;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Specifications of claims: of claims themselves and of the templates in a set. */
final class ClaimSpecs {
  private ClaimSpecs() {}

  static void addToTemplate(ObjectNode claim) {
    Tree.defaultText(claim, "apiVersion", "v1");
    Tree.defaultText(claim, "kind", "PersistentVolumeClaim");
    ObjectNode metadata = Tree.ensure(claim, "metadata");
    if (!metadata.has("creationTimestamp")) metadata.putNull("creationTimestamp");
    add(claim);
  }

  static void add(ObjectNode claim) {
    Tree.defaultText(Tree.ensure(claim, "spec"), "volumeMode", "Filesystem");
    Tree.defaultText(Tree.ensure(claim, "status"), "phase", "Pending");
  }

  static void check(Faults faults, String path, JsonNode spec) {
    JsonNode modes = spec.path("accessModes");
    if (modes.isEmpty()) {
      faults.required(path + ".accessModes", "at least 1 access mode is required");
    }
    checkAccessModes(faults, path + ".accessModes", modes);
    JsonNode storage = spec.path("resources").path("requests").path("storage");
    if (Tree.absent(storage)) {
      faults.required(path + ".resources[storage]", "");
    } else if (!Quantities.parse(storage).map(value -> value.signum() > 0).orElse(false)) {
      faults.invalid(
          path + ".resources[storage]", storage.asString(""), "must be greater than zero");
    }
    String storageClass = Tree.text(spec, "storageClassName");
    if (!storageClass.isEmpty()) {
      faults.invalid(path + ".storageClassName", storageClass, Syntax.subdomain(storageClass));
    }
    checkVolumeMode(faults, path + ".volumeMode", spec.path("volumeMode"));
    for (String source : List.of("dataSource", "dataSourceRef")) {
      if (spec.path(source).isObject()) {
        faults.forbidden(
            path + "." + source, "volumes made from others are not supported by Ordinal");
      }
    }
    LabelRules.checkSelector(faults, path + ".selector", spec.path("selector"));
  }

  static void checkAccessModes(Faults faults, String path, JsonNode modes) {
    for (JsonNode mode : modes) {
      faults.oneOf(
          path, mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
      if (mode.asString("").equals("ReadWriteOncePod") && modes.size() > 1) {
        faults.forbidden(path, "may not use ReadWriteOncePod with other access modes");
      }
    }
  }

  static void checkVolumeMode(Faults faults, String path, JsonNode mode) {
    faults.oneOf(path, mode, "Block", "Filesystem");
    if (mode.asString("").equals("Block")) {
      faults.forbidden(path, "block volumes are not supported by Ordinal; use Filesystem");
    }
  }
}
