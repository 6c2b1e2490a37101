package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.garbage.Garbage.Standing;
import io.ordinal.controller.garbage.NamespaceConditions.Remaining;
import io.ordinal.controller.garbage.ObjectFacts.Owner;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.View;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the store itself says, asked just before something is done: nothing is deleted on the word
 * of an index alone.
 */
final class Truth {
  private final View view;
  private final Kinds kinds;

  Truth(View view, Kinds kinds) {
    this.view = view;
    this.kinds = kinds;
  }

  /** How an owner stands to a dependent in that namespace. */
  Standing standing(Owner owner, String namespace) {
    Optional<ObjectKey> key = kinds.find(owner, namespace);
    if (key.isEmpty()) return Standing.PRESENT;
    return view.get(key.get())
        .filter(stored -> stored.uid().equals(owner.uid()))
        .map(stored -> GarbageIndex.standing(ObjectFacts.of(stored)))
        .orElse(Standing.GONE);
  }

  boolean ending(String namespace) {
    return !namespace.isEmpty()
        && view.get(GarbageIndex.namespaceKey(namespace))
            .map(ApiObject::of)
            .flatMap(ApiObject::deletionTimestamp)
            .isPresent();
  }

  Remaining remaining(String namespace) {
    Map<ResourceName, Integer> resources = new TreeMap<>();
    Map<String, Integer> finalizers = new TreeMap<>();
    for (ResourceName resource : kinds.namespaced()) {
      view.scan(
          resource,
          namespace,
          stored -> {
            resources.merge(resource, 1, Integer::sum);
            ObjectFacts.of(stored)
                .finalizers()
                .forEach(each -> finalizers.merge(each, 1, Integer::sum));
            return true;
          });
    }
    return new Remaining(resources, finalizers);
  }
}
