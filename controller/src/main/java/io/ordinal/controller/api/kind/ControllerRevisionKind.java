package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

/** Revisions. */
final class ControllerRevisionKind extends OrdinaryKind {
  ControllerRevisionKind() {
    super(
        KindNames.namespaced("apps/v1", "ControllerRevision", "controllerrevisions"),
        ControllerRevision.class);
  }
}
