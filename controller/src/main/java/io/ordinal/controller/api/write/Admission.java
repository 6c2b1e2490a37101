package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a new object gets from others that are there already. */
final class Admission {
  private static final ResourceName CLAIMS = new ResourceName("persistentvolumeclaims");
  private static final ResourceName CLASSES = new ResourceName("storageclasses.storage.k8s.io");
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  /**
   * @param defaultClass the StorageClass of claims that name none; empty when there is none, or
   *     when the kind does not need it
   */
  record Surroundings(Optional<StoredObject> namespace, Optional<String> defaultClass) {}

  private Admission() {}

  static Surroundings look(View view, ResourceKind kind, String namespace) {
    Optional<StoredObject> found =
        namespace.isEmpty() ? Optional.empty() : view.get(Rules.namespaceKey(namespace));
    boolean claim = kind.resource().equals(CLAIMS);
    return new Surroundings(found, claim ? defaultClass(view) : Optional.empty());
  }

  static void admit(ObjectNode object, Surroundings surroundings) {
    surroundings
        .defaultClass()
        .ifPresent(
            name -> {
              if (object.path("spec") instanceof ObjectNode spec && !spec.has("storageClassName")) {
                spec.put("storageClassName", name);
              }
            });
  }

  /** The newest of those that say they are the default, as Kubernetes chooses. */
  private static Optional<String> defaultClass(View view) {
    return view.list(CLASSES, "").stream()
        .map(ApiObject::of)
        .filter(each -> "true".equals(each.annotations().get(DEFAULT)))
        .max(
            Comparator.comparing((ApiObject each) -> each.creationTimestamp().orElseThrow())
                .thenComparing(ApiObject::name, Comparator.reverseOrder()))
        .map(ApiObject::name);
  }
}
