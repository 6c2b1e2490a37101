package io.ordinal.agent.workload;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.LifeStatus;

/** What a workload tells the agent. */
public sealed interface WorkloadNews {
  /** How the life fares now. Phase ENDED is told only after it is durable, floor included. */
  record Fared(LifeStatus status) implements WorkloadNews {}

  /** Something for people. */
  record Happened(LifeName life, String podUid, AgentEvent event) implements WorkloadNews {}

  /** Nothing of the life is left on this node. */
  record Discarded(LifeName life) implements WorkloadNews {}
}
