package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

/** Claims. */
final class PersistentVolumeClaimKind extends OrdinaryKind {
  PersistentVolumeClaimKind() {
    super(
        KindNames.namespaced("v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
        PersistentVolumeClaim.class);
  }
}
