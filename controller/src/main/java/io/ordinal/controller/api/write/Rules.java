package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status.Details;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about namespaces that every write of an object in one has to keep. Pure. */
final class Rules {
  static final ResourceName NAMESPACES = new ResourceName("namespaces");
  static final ResourceName NODES = new ResourceName("nodes");
  static final ResourceName PODS = new ResourceName("pods");
  private static final Set<String> LASTING = Set.of("default", "kube-system", "kube-public");

  private Rules() {}

  static ObjectKey namespaceKey(String name) {
    return new ObjectKey(NAMESPACES, "", name);
  }

  /**
   * @throws StatusException when nothing can be created in this namespace
   */
  static void requireOpen(
      KindRegistry kinds,
      ResourceKind kind,
      String name,
      String namespace,
      Optional<StoredObject> found) {
    if (found.isEmpty()) throw Refusal.notFound(kinds.require(NAMESPACES), namespace);
    ApiObject object = ApiObject.of(found.get());
    boolean ending =
        object.deletionTimestamp().isPresent()
            || object.status().path("phase").asString("").equals("Terminating");
    if (!ending) return;
    Cause cause =
        new Cause(
            "NamespaceTerminating",
            "namespace " + namespace + " is being terminated",
            "metadata.namespace");
    throw Refusal.forbidden(
        kind,
        name,
        "unable to create new content in namespace "
            + namespace
            + " because it is being terminated",
        List.of(cause));
  }

  /**
   * @throws StatusException when the object must stay
   */
  static void requireDeletable(ResourceKind kind, String name) {
    if (kind.resource().equals(NAMESPACES) && LASTING.contains(name)) {
      Details details = new Details(name, "", "namespaces", "", List.of(), 0);
      throw Refusal.forbidden(
          details, "namespaces \"" + name + "\" is forbidden: this namespace may not be deleted");
    }
  }
}
