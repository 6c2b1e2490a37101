package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/** Sets. */
final class StatefulSetKind extends OrdinaryKind {
  StatefulSetKind() {
    super(
        KindNames.namespaced("apps/v1", "StatefulSet", "statefulsets", "sts").inAll(),
        StatefulSet.class);
  }
}
