package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.ResourcePath;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The part of a resource that has to be looked at for a list or watch.
 *
 * @param namespace empty for all
 * @param name empty for all
 */
public record Scope(ResourceName resource, String namespace, String name) {
  /** Narrowed by what the field selector asks of name and namespace. */
  public static Scope of(ResourcePath path, Selection selection) {
    String namespace = path.namespace();
    if (namespace.isEmpty() && path.kind().namespaced()) {
      namespace = selection.namespace().orElse("");
    }
    String name = path.name().isEmpty() ? selection.name().orElse("") : path.name();
    return new Scope(path.kind().resource(), namespace, name);
  }

  /** All objects in it, ordered by namespace and name. */
  public List<StoredObject> in(View view) {
    return in(view, each -> true);
  }

  /** Those that are wanted, in the same order. The others are not held. */
  public List<StoredObject> in(View view, Predicate<StoredObject> wanted) {
    List<StoredObject> found = new ArrayList<>();
    visit(
        view,
        Optional.empty(),
        each -> {
          if (wanted.test(each)) found.add(each);
          return true;
        });
    return found;
  }

  /**
   * Visits all objects in it until the visitor answers false, in the same order.
   *
   * @param after only those behind this place; empty for all
   */
  void visit(View view, Optional<ObjectKey> after, Predicate<StoredObject> visitor) {
    if (!name.isEmpty()) {
      Optional<StoredObject> one = view.get(new ObjectKey(resource, namespace, name));
      if (one.isPresent() || !namespace.isEmpty()) {
        one.filter(each -> isBehind(after, each.key())).ifPresent(visitor::test);
        return;
      }
    }
    Predicate<StoredObject> covered = each -> !covers(each.key()) || visitor.test(each);
    if (after.isPresent()) view.scanAfter(after.get(), namespace, covered);
    else view.scan(resource, namespace, covered);
  }

  private static boolean isBehind(Optional<ObjectKey> place, ObjectKey key) {
    return place.isEmpty() || ObjectKey.ORDER.compare(key, place.get()) > 0;
  }

  public boolean covers(ObjectKey key) {
    return (namespace.isEmpty() || namespace.equals(key.namespace()))
        && (name.isEmpty() || name.equals(key.name()));
  }
}
