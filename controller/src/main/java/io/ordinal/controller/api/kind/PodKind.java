package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Pod;

/** Pods. */
final class PodKind extends OrdinaryKind {
  PodKind() {
    super(KindNames.namespaced("v1", "Pod", "pods", "po").inAll(), Pod.class);
  }
}
