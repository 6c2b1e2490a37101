package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Life;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.SetKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A replica of an observed set.
 *
 * @param pod empty while there is none
 * @param fenced its life ends with its node's lease
 * @param volumes what it is bound to, by name, with the only node that has it, or an empty text
 */
record ReplicaSight(
    ReplicaId id, SetKey set, Optional<PodSight> pod, boolean fenced, Map<String, String> volumes) {
  boolean on(NodeName node) {
    return pod.flatMap(PodSight::node).filter(node::equals).isPresent();
  }

  /** Volumes that are on one node only. */
  List<String> localVolumes() {
    return volumes.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  Optional<Life> life() {
    return pod.map(
        each ->
            new Life(
                each.uid(),
                each.incarnation().value(),
                each.node().map(NodeName::value).orElse(null),
                each.address().orElse(null),
                volumes.keySet().stream().sorted().toList(),
                fenced,
                each.restarts()));
  }
}
