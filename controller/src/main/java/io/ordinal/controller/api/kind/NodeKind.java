package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Node;

/** Machines. */
final class NodeKind extends OrdinaryKind {
  NodeKind() {
    super(KindNames.cluster("v1", "Node", "nodes", "no"), Node.class);
  }
}
