package io.ordinal.agent.network;

import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;
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
    return leave(order);
  }

  /**
   * No process of the life exists, and nobody was told yet: this machine answers for its address no
   * more, unless a later life of its identity is here.
   */
  default CompletionStage<Void> leave(LifeOrder order) {
    return CompletableFuture.completedFuture(null);
  }

  /** Only these lives are here: what others left on the machine is taken away. */
  default CompletionStage<Void> keepOnly(Map<ReplicaId, Incarnation> lives) {
    return CompletableFuture.completedFuture(null);
  }

  /** The address that the node itself is reached at (status.hostIP). */
  String nodeAddress();
}
