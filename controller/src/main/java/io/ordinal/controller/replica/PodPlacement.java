package io.ordinal.controller.replica;

import io.ordinal.controller.model.NodeStanding;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** How being placed, or not, looks in the pod. Pure. */
final class PodPlacement {
  private PodPlacement() {}

  static PodDocument placed(
      PodDocument pod, NodeStanding node, Fence fence, Failover.Wish failover, Instant now) {
    IgnoredFields ignored = IgnoredFields.of(pod.object());
    return pod.changed(
        tree -> {
          tree.withObjectProperty("spec").put("nodeName", node.session().node().value());
          ObjectNode status = tree.withObjectProperty("status");
          status.put("hostIP", node.address());
          status.putArray("hostIPs").addObject().put("ip", node.address());
          PodConditions.set(tree, PodConditions.SCHEDULED, true, now);
          Failover.show(tree, fence, failover, now);
          if (!ignored.isEmpty()) {
            PodConditions.set(
                tree, PodConditions.FIELDS_IGNORED, true, ignored.reason(), ignored.message(), now);
          }
        });
  }

  static PodDocument unschedulable(PodDocument pod, String why, Instant now) {
    return pod.changed(
        tree -> PodConditions.set(tree, PodConditions.SCHEDULED, false, "Unschedulable", why, now));
  }
}
