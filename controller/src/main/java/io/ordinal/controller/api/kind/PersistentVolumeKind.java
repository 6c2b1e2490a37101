package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.PersistentVolume;

/** Volumes. */
final class PersistentVolumeKind extends OrdinaryKind {
  PersistentVolumeKind() {
    super(
        KindNames.cluster("v1", "PersistentVolume", "persistentvolumes", "pv"),
        PersistentVolume.class);
  }
}
