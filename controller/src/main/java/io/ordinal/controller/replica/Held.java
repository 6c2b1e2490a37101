package io.ordinal.controller.replica;

import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the actor persists: a state, and for the moment of writing what it was decided on. The
 * receipt is completed by the store before the actor goes on, so a handler always finds it there.
 *
 * @param before the pod as it stood before this state
 */
record Held(
    ReplicaId replica,
    ReplicaState state,
    Decision decision,
    Optional<StoredObject> before,
    CompletableFuture<Receipt> receipt) {

  static Held recovered(ReplicaId replica, ReplicaState state, Receipt receipt) {
    return new Held(
        replica,
        state,
        Decision.PLAIN,
        Optional.empty(),
        CompletableFuture.completedFuture(receipt));
  }

  /** What is to be written next. */
  Held next(ReplicaState next, Decision decided) {
    return new Held(replica, next, decided, acknowledged().pod(), new CompletableFuture<>());
  }

  /** Only after the write was acknowledged, or after recovery. */
  Receipt acknowledged() {
    Receipt found = receipt.getNow(null);
    if (found == null) throw new IllegalStateException("not acknowledged by the store: " + state);
    return found;
  }
}
