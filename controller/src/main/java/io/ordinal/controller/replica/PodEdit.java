package io.ordinal.controller.replica;

import io.ordinal.controller.document.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a client's pod is taken over into the replica's. Pure. */
final class PodEdit {
  private static final List<String> CLIENTS_METADATA =
      List.of("labels", "annotations", "finalizers", "ownerReferences", "managedFields");

  private PodEdit() {}

  /** Metadata and specification of the asked pod; identity, node and status stay. */
  static PodDocument takeOver(PodDocument present, byte[] asked) {
    ObjectNode wanted = Json.object(asked);
    return present.changed(
        tree -> {
          ObjectNode metadata = tree.withObjectProperty("metadata");
          JsonNode incarnation = metadata.path("annotations").path(PodBirth.INCARNATION);
          String node = tree.path("spec").path("nodeName").asString("");
          for (String field : CLIENTS_METADATA) copy(wanted.path("metadata"), metadata, field);
          metadata.withObjectProperty("annotations").set(PodBirth.INCARNATION, incarnation);
          copy(wanted, tree, "spec");
          ObjectNode spec = tree.withObjectProperty("spec");
          if (node.isEmpty()) spec.remove("nodeName");
          else spec.put("nodeName", node);
        });
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    JsonNode value = from.path(field);
    if (value.isMissingNode()) to.remove(field);
    else to.set(field, value.deepCopy());
  }
}
