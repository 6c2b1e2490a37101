package io.ordinal.controller.api.write;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoredObject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Waits a moment for a deleted pod to be gone. A client that waits for a deletion gets the object
 * and, a few milliseconds later, lists it; a replica may have ended its life and begun the next one
 * in between, and the client would then wait for ever for the wrong object to go. An answer that
 * comes when the pod is gone leaves no such gap.
 */
final class Departure {
  private final ObjectStore store;
  private final Duration patience;

  Departure(ObjectStore store, Duration patience) {
    this.store = store;
    this.patience = patience;
  }

  /**
   * Completes when no object of this uid stands there any more, or when the patience is over; never
   * fails.
   */
  CompletionStage<Void> of(ObjectKey key, String uid) {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    AutoCloseable listening =
        store.onChange(Set.of(key.resource()), revision -> look(key, uid, gone));
    look(key, uid, gone); // It may have gone before anybody listened.
    return gone.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((done, failure) -> close(listening));
  }

  private void look(ObjectKey key, String uid, CompletableFuture<Void> gone) {
    if (gone.isDone()) return;
    try {
      store
          .read(Freshness.LOCAL, view -> view.get(key).map(StoredObject::uid).orElse(""))
          .thenAccept(
              found -> {
                if (!found.equals(uid)) gone.complete(null);
              });
    } catch (StoreOverloaded busy) {
      gone.complete(null); // Waiting is a courtesy; others need the store more.
    }
  }

  private static void close(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception e) {
      throw new IllegalStateException("a listener of the store could not be taken back", e);
    }
  }
}
