package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.storage.StorageClass;

/** Classes. */
final class StorageClassKind extends OrdinaryKind {
  StorageClassKind() {
    super(
        KindNames.cluster("storage.k8s.io/v1", "StorageClass", "storageclasses", "sc"),
        StorageClass.class);
  }
}
