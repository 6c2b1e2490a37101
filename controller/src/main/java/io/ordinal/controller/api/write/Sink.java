package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where objects of a kind are written. Stages fail with a StatusException, or as the store does.
 */
interface Sink {
  /**
   * @param namespace the namespace as it was read; it must not have changed when the object is
   *     stored
   */
  CompletionStage<Written> create(
      ResourceKind kind, ObjectKey key, ApiObject object, Optional<StoredObject> namespace);

  /**
   * @param old what the change was computed on
   */
  CompletionStage<Written> update(ResourceKind kind, StoredObject old, ApiObject next);

  /**
   * Removes the object, as nothing holds it any more.
   *
   * @param last what watchers and the client see of it
   */
  CompletionStage<Written> remove(ResourceKind kind, StoredObject old, ApiObject last);
}
