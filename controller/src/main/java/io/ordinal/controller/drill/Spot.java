package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.protocol.id.NodeName;
import java.util.Optional;

/**
 * One place that a fault hits.
 *
 * @param name of the node, the controller, or the replica
 * @param node whose agent carries the fault out; empty for a controller that is no node
 * @param controller whether a controller is hit
 */
record Spot(Kind kind, String name, Optional<NodeName> node, boolean controller) {
  enum Kind {
    NODE("Node"),
    CONTROLLER("Controller"),
    REPLICA("Replica");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Kind of(TargetStatus target) {
      for (Kind kind : values()) {
        if (kind.word.equals(target.kind())) return kind;
      }
      throw new IllegalArgumentException("no kind of target: " + target.kind());
    }
  }

  /** The member that reports on the fault. */
  static String member(TargetStatus target) {
    return target.node() == null ? target.name() : target.node();
  }

  TargetStatus waiting() {
    return new TargetStatus(
        kind.word(), name, node.map(NodeName::value).orElse(null), SpotState.WAITING.word(), null);
  }
}
