package io.ordinal.controller.node;

import io.ordinal.protocol.id.NodeName;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who may speak for a node: the machine that joined under its name. */
@FunctionalInterface
public interface Admission {
  /** Where nobody is known by an address. */
  Admission EVERYBODY = (node, host) -> CompletableFuture.completedStage(Optional.empty());

  /**
   * @param host where the agent that speaks for the node gets its answers
   * @return why it may not; fails when the store cannot tell
   */
  CompletionStage<Optional<String>> obstacle(NodeName node, String host);
}
