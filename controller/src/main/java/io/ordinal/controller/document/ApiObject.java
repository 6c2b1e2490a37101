package io.ordinal.controller.document;

import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API object with its metadata at hand. A view of the tree, which the holder must treat as
 * immutable; use {@link #copy()} to get a tree to change.
 */
public record ApiObject(ObjectNode tree) {
  /** An entry of metadata.ownerReferences. */
  public record Owner(
      String apiVersion,
      String kind,
      String name,
      String uid,
      boolean controller,
      boolean blocking) {}

  public static ApiObject of(StoredObject stored) {
    return new ApiObject(Json.object(stored.document()));
  }

  public ObjectNode copy() {
    return tree.deepCopy();
  }

  public String kind() {
    return tree.path("kind").asString("");
  }

  public String apiVersion() {
    return tree.path("apiVersion").asString("");
  }

  public JsonNode metadata() {
    return tree.path("metadata");
  }

  public JsonNode spec() {
    return tree.path("spec");
  }

  public JsonNode status() {
    return tree.path("status");
  }

  public String name() {
    return metadata().path("name").asString("");
  }

  public String namespace() {
    return metadata().path("namespace").asString("");
  }

  public String uid() {
    return metadata().path("uid").asString("");
  }

  public long generation() {
    return metadata().path("generation").asLong(0);
  }

  public String resourceVersion() {
    return metadata().path("resourceVersion").asString("");
  }

  public Map<String, String> labels() {
    return strings(metadata().path("labels"));
  }

  public Map<String, String> annotations() {
    return strings(metadata().path("annotations"));
  }

  public List<String> finalizers() {
    List<String> found = new ArrayList<>();
    metadata().path("finalizers").forEach(each -> found.add(each.asString("")));
    return found;
  }

  /** When deletion was asked for; for pods this is the moment at which their grace ends. */
  public Optional<Instant> deletionTimestamp() {
    return instant(metadata().path("deletionTimestamp"));
  }

  public Optional<Instant> creationTimestamp() {
    return instant(metadata().path("creationTimestamp"));
  }

  public List<Owner> owners() {
    List<Owner> found = new ArrayList<>();
    for (JsonNode each : metadata().path("ownerReferences")) {
      found.add(
          new Owner(
              each.path("apiVersion").asString(""),
              each.path("kind").asString(""),
              each.path("name").asString(""),
              each.path("uid").asString(""),
              each.path("controller").asBoolean(false),
              each.path("blockOwnerDeletion").asBoolean(false)));
    }
    return found;
  }

  public Optional<Owner> controller() {
    return owners().stream().filter(Owner::controller).findFirst();
  }

  /** The document to store: metadata.resourceVersion becomes the hole that the store fills. */
  public Draft draft() {
    return Drafts.of(tree);
  }

  private static Map<String, String> strings(JsonNode node) {
    Map<String, String> found = new TreeMap<>();
    node.properties().forEach(each -> found.put(each.getKey(), each.getValue().asString("")));
    return found;
  }

  private static Optional<Instant> instant(JsonNode node) {
    String text = node.asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
