package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.Revision;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers the trees of documents from one look to the next, so that a set of a hundred replicas
 * decodes one changed pod and not a hundred. For one thread.
 */
final class Decoded {
  private record Entry(Revision revision, ApiObject object) {}

  private Map<ObjectKey, Entry> before = new HashMap<>();
  private Map<ObjectKey, Entry> now = new HashMap<>();

  ApiObject of(StoredObject stored) {
    Entry entry = now.getOrDefault(stored.key(), before.get(stored.key()));
    if (entry == null || !entry.revision().equals(stored.revision())) {
      entry = new Entry(stored.revision(), ApiObject.of(stored));
    }
    now.put(stored.key(), entry);
    return entry.object();
  }

  /** Ends a look: forgets what it did not ask for. */
  void turn() {
    before = now;
    now = new HashMap<>();
  }
}
