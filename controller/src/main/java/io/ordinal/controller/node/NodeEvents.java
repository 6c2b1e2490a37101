package io.ordinal.controller.node;

import io.ordinal.controller.event.EventNote.About;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;

/** What events of this package are about. */
final class NodeEvents {
  /** Who says so when it is the controllers' side. */
  static final String COMPONENT = "node-controller";

  /** Who says so when it is the machine. */
  static final String AGENT = "ordinal-agent";

  private NodeEvents() {}

  /**
   * The name stands for the uid, as a kubelet has it: {@code kubectl describe node} asks for it.
   */
  static About about(NodeName node) {
    return new About("v1", "Node", "", node.value(), node.value(), "");
  }

  /**
   * @param container empty for the pod
   */
  static About about(ReplicaId replica, String podUid, String container) {
    String fieldPath = container.isEmpty() ? "" : "spec.containers{" + container + "}";
    return new About("v1", "Pod", replica.namespace(), replica.name(), podUid, fieldPath);
  }
}
