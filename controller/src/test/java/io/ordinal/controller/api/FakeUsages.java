package io.ordinal.controller.api;

import io.ordinal.controller.node.Usages;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** Nodes of which a test has written down what they use; others do not answer. */
final class FakeUsages implements Usages {
  private final Map<NodeName, NodeUsage> known = new ConcurrentHashMap<>();

  void willTell(String node, NodeUsage usage) {
    known.put(new NodeName(node), usage);
  }

  @Override
  public CompletionStage<NodeUsage> of(NodeName node, Duration patience) {
    return Optional.ofNullable(known.get(node))
        .<CompletionStage<NodeUsage>>map(CompletableFuture::completedStage)
        .orElseGet(() -> CompletableFuture.failedStage(new TimeoutException("not told")));
  }
}
