package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.store.StoredObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Namespaces as they were when something was last made in them. A first attempt may rest on that
 * instead of a look at the store: the write itself expects the namespace as it was, and whoever is
 * refused looks again. Holds few megabytes at most. Thread safe.
 */
final class OpenNamespaces {
  private static final int MOST = 512;
  private static final int MOST_BYTES = 16 << 10;

  private final Map<String, StoredObject> seen = new ConcurrentHashMap<>();

  /** As it was. */
  Optional<StoredObject> find(String name) {
    return Optional.ofNullable(seen.get(name));
  }

  /**
   * Remembers that something can be created in it.
   *
   * @param found the namespace as it is
   * @throws io.ordinal.controller.api.http.StatusException when nothing can
   */
  void require(
      KindRegistry kinds,
      ResourceKind kind,
      String name,
      String namespace,
      Optional<StoredObject> found) {
    if (found.isPresent() && found.get() == seen.get(namespace)) return;
    seen.remove(namespace);
    Rules.requireOpen(kinds, kind, name, namespace, found);
    if (seen.size() >= MOST) seen.clear();
    found
        .filter(open -> open.document().length <= MOST_BYTES)
        .ifPresent(open -> seen.put(namespace, open));
  }
}
