package io.ordinal.agent.state;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;

/** Names a life. */
public record LifeName(ReplicaId replica, Incarnation incarnation) {
  @Override
  public String toString() {
    return replica + "#" + incarnation;
  }
}
