package io.ordinal.protocol.agent;

import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node and the containers on it used of late.
 *
 * @param taken at the end of the window
 * @param window over which processor time was counted
 * @param containers those that ran through the whole window
 */
public record NodeUsage(Instant taken, Duration window, Amount node, List<OfContainer> containers) {
  public NodeUsage {
    containers = List.copyOf(containers);
  }

  /**
   * Processor time and memory.
   *
   * @param nanocores billionths of a processor, on average over the window
   * @param memoryBytes at its end
   */
  public record Amount(long nanocores, long memoryBytes) {}

  /** What one container used. */
  public record OfContainer(ReplicaId replica, String container, Amount amount) {}
}
