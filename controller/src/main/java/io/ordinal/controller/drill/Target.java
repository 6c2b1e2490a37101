package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;

/** What a drill is aimed at. */
sealed interface Target {
  <R> R match(Cases<R> cases);

  record OnNode(NodeName node) implements Target {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.node(this);
    }
  }

  /** The controller's member only: what it hosts as a node goes on. */
  record OnController(String name) implements Target {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.controller(this);
    }
  }

  record OnReplica(ReplicaId replica) implements Target {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.replica(this);
    }
  }

  /** All nodes with this label. */
  record OnRack(String label, String value) implements Target {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rack(this);
    }
  }

  /**
   * @throws IllegalArgumentException when there is none
   */
  static Target of(DrillSpec.Target target) {
    if (target == null) throw new IllegalArgumentException("a drill needs a target");
    if (target.node() != null) return new OnNode(new NodeName(target.node()));
    if (target.controller() != null) return new OnController(target.controller());
    if (target.replica() != null) return new OnReplica(ReplicaId.parse(target.replica()));
    if (target.rack() != null) return new OnRack(target.rack().label(), target.rack().value());
    throw new IllegalArgumentException("a drill needs a target");
  }

  interface Cases<R> {
    R node(OnNode target);

    R controller(OnController target);

    R replica(OnReplica target);

    R rack(OnRack target);
  }
}
