package io.ordinal.agent.driver;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;

/**
 * Names one run of one container.
 *
 * @param attempt 0 for the first start within the life, one more with every restart
 */
public record ContainerRun(
    ReplicaId replica, Incarnation incarnation, String container, int attempt) {
  @Override
  public String toString() {
    return replica + "#" + incarnation + "/" + container + "." + attempt;
  }
}
