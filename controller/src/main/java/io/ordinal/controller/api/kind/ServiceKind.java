package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Service;

/** Services. */
final class ServiceKind extends OrdinaryKind {
  ServiceKind() {
    super(KindNames.namespaced("v1", "Service", "services", "svc").inAll(), Service.class);
  }
}
