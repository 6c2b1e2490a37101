package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.SetStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes a set's status into its document. */
final class StatusDocument {
  private StatusDocument() {}

  /** The set with this status, or nothing if it has it already. Unknown fields are kept. */
  static Optional<ApiObject> changed(
      ApiObject set, SetStatus status, Collection<ApiObject> pods, Instant now) {
    ObjectNode tree = set.copy();
    ObjectNode target = tree.withObjectProperty("status");
    target.put("observedGeneration", status.observedGeneration());
    target.put("replicas", status.replicas());
    positive(target, "readyReplicas", status.readyReplicas());
    target.put("availableReplicas", status.availableReplicas());
    positive(target, "currentReplicas", status.currentReplicas());
    positive(target, "updatedReplicas", status.updatedReplicas());
    target.put("currentRevision", status.currentRevision());
    target.put("updateRevision", status.updateRevision());
    target.put("collisionCount", status.collisionCount());
    SetConditions.show(target, pods, now);
    return same(set, target) ? Optional.empty() : Optional.of(new ApiObject(tree));
  }

  /** By text: a number read back may be of another width than the one written. */
  private static boolean same(ApiObject set, ObjectNode status) {
    return TemplateData.canonical(set.status())
        .toString()
        .equals(TemplateData.canonical(status).toString());
  }

  /** Kubernetes leaves these out when they are zero. */
  private static void positive(ObjectNode status, String field, int count) {
    if (count > 0) {
      status.put(field, count);
    } else {
      status.remove(field);
    }
  }
}
