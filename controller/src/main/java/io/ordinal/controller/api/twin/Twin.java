package io.ordinal.controller.api.twin;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.kind.ResourceKind.Shown;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A kind and the one whose objects it shows. */
final class Twin {
  private final ResourceKind kind;
  private final Shown shown;
  private final Map<String, String> outward;

  Twin(ResourceKind kind, Shown shown) {
    this.kind = kind;
    this.shown = shown;
    this.outward =
        shown.fields().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  ResourceName own() {
    return kind.resource();
  }

  ResourceName stored() {
    return shown.resource();
  }

  ObjectKey inward(ObjectKey key) {
    return new ObjectKey(stored(), key.namespace(), key.name());
  }

  private ObjectKey outward(ObjectKey key) {
    return new ObjectKey(own(), key.namespace(), key.name());
  }

  StoredObject outward(StoredObject stored) {
    return new StoredObject(
        outward(stored.key()),
        stored.revision(),
        stored.created(),
        stored.uid(),
        stored.generation(),
        outward(stored.document()));
  }

  Change outward(Change change) {
    return new Change(
        change.revision(),
        outward(change.key()),
        change.deleted(),
        outward(change.document()),
        change.previous().map(this::outward));
  }

  private byte[] outward(byte[] document) {
    return Json.bytes(renamed(Json.object(document), outward, kind.apiVersion()));
  }

  Draft inward(Draft draft) {
    ObjectNode tree = renamed(Json.object(draft.bytes()), shown.fields(), shown.apiVersion());
    return new ApiObject(tree).draft();
  }

  /** Order is kept: stored documents begin with kind, apiVersion and metadata. */
  private static ObjectNode renamed(ObjectNode tree, Map<String, String> names, String apiVersion) {
    ObjectNode renamed = Json.object();
    tree.properties()
        .forEach(
            each -> renamed.set(names.getOrDefault(each.getKey(), each.getKey()), each.getValue()));
    renamed.put("apiVersion", apiVersion);
    return renamed;
  }
}
