package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Event;

/** Events. */
final class EventKind extends OrdinaryKind {
  EventKind() {
    super(KindNames.namespaced("v1", "Event", "events", "ev"), Event.class);
  }
}
