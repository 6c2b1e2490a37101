package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes to documents that garbage collection makes. Pure. */
final class GarbageEdits {
  private GarbageEdits() {}

  /** The object as it is when its deletion has just been asked for. */
  static ApiObject deleting(ApiObject object, Collected kind, boolean foreground, Instant now) {
    ObjectNode tree = object.copy();
    ObjectNode metadata = tree.withObjectProperty("metadata");
    metadata.put("deletionTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.put("deletionGracePeriodSeconds", 0);
    if (kind.hasGeneration()) metadata.put("generation", object.generation() + 1);
    if (foreground && !object.finalizers().contains(ObjectFacts.FOREGROUND)) {
      metadata.withArrayProperty("finalizers").add(ObjectFacts.FOREGROUND);
    }
    return new ApiObject(tree);
  }

  static ApiObject without(ApiObject object, String finalizer) {
    ObjectNode tree = object.copy();
    ObjectNode metadata = tree.withObjectProperty("metadata");
    ArrayNode kept = metadata.arrayNode();
    for (JsonNode each : metadata.path("finalizers")) {
      if (!each.asString("").equals(finalizer)) kept.add(each);
    }
    put(metadata, "finalizers", kept);
    return new ApiObject(tree);
  }

  static ApiObject disowned(ApiObject object, Set<String> owners) {
    ObjectNode tree = object.copy();
    ObjectNode metadata = tree.withObjectProperty("metadata");
    ArrayNode kept = metadata.arrayNode();
    for (JsonNode each : metadata.path("ownerReferences")) {
      if (!owners.contains(each.path("uid").asString(""))) kept.add(each);
    }
    put(metadata, "ownerReferences", kept);
    return new ApiObject(tree);
  }

  static ApiObject emptied(ApiObject namespace) {
    ObjectNode tree = namespace.copy();
    tree.withObjectProperty("spec").putArray("finalizers");
    return new ApiObject(tree);
  }

  /** Whether nothing holds the object any more, so that it goes instead of being changed. */
  static boolean released(ApiObject object) {
    return object.deletionTimestamp().isPresent()
        && object.finalizers().isEmpty()
        && object.spec().path("finalizers").isEmpty();
  }

  private static void put(ObjectNode metadata, String field, ArrayNode kept) {
    if (kept.isEmpty()) {
      metadata.remove(field);
    } else {
      metadata.set(field, kept);
    }
  }
}
