package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.ConfigMap;

/** Configuration. */
final class ConfigMapKind extends OrdinaryKind {
  ConfigMapKind() {
    super(KindNames.namespaced("v1", "ConfigMap", "configmaps", "cm"), ConfigMap.class);
  }
}
