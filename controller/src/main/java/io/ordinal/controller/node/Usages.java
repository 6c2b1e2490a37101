package io.ordinal.controller.node;

import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks the agent of a node what is used there. */
public interface Usages {
  /** Fails with a {@code TimeoutException} or {@code StoreUnavailable}. */
  CompletionStage<NodeUsage> of(NodeName node, Duration patience);
}
