package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Namespace;

/** Namespaces. */
final class NamespaceKind extends OrdinaryKind {
  NamespaceKind() {
    super(KindNames.cluster("v1", "Namespace", "namespaces", "ns"), Namespace.class);
  }
}
