package io.ordinal.controller.api.write;

import io.ordinal.controller.document.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Small steps on the metadata of a tree that is being made. */
final class Metadata {
  private static final List<String> MAPS = List.of("labels", "annotations");
  private static final List<String> LISTS = List.of("finalizers", "ownerReferences");

  static final String MANAGED = "managedFields";

  private Metadata() {}

  /** The metadata of the tree, made if it is missing. */
  static ObjectNode of(ObjectNode object) {
    if (object.get("metadata") instanceof ObjectNode metadata) return metadata;
    ObjectNode metadata = Json.object();
    object.set("metadata", metadata);
    return metadata;
  }

  /** Drops what says nothing (null, empty), so that equal objects are equal trees. */
  static void tidy(ObjectNode object) {
    ObjectNode metadata = of(object);
    for (String name : MAPS) dropIfEmpty(metadata, name);
    for (String name : LISTS) dropIfEmpty(metadata, name);
    List<String> nulls =
        metadata.properties().stream()
            .filter(each -> each.getValue().isNull())
            .map(java.util.Map.Entry::getKey)
            .toList();
    metadata.remove(nulls);
    metadata.remove("selfLink");
  }

  /** Sets the field to the old object's value, or removes it. */
  static void carryOver(ObjectNode metadata, JsonNode old, String field) {
    JsonNode value = old.path(field);
    if (value.isMissingNode()) metadata.remove(field);
    else metadata.set(field, value);
  }

  /** Sets who owns what; nothing is said where nobody owns anything. */
  static void setManaged(ObjectNode object, JsonNode managedFields) {
    ObjectNode metadata = of(object);
    if (managedFields.isEmpty()) metadata.remove(MANAGED);
    else metadata.set(MANAGED, managedFields);
  }

  private static void dropIfEmpty(ObjectNode metadata, String name) {
    JsonNode value = metadata.path(name);
    if (value.isContainer() && value.isEmpty()) metadata.remove(name);
  }
}
