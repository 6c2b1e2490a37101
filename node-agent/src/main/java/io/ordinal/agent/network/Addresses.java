package io.ordinal.agent.network;

import io.ordinal.protocol.agent.LifeOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives every identity an address: the same one each time that it comes back to this node. */
public interface Addresses {
  /** The numeric address of this life, usable from now on. A repeat answers the same. */
  CompletionStage<String> addressOf(LifeOrder order);

  /**
   * The life ended. Its identity keeps the address for when it comes back, while there are others
   * to give away.
   */
  default CompletionStage<Void> release(LifeOrder order) {
    return CompletableFuture.completedFuture(null);
  }

  /** The address that the node itself is reached at (status.hostIP). */
  String nodeAddress();
}
