package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes what a client sent for creation into an object ready to be stored. Pure. */
final class NewObject {
  private static final String SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_CHARS = 5;
  private static final int MOST_PREFIX_CHARS = 58;

  private NewObject() {}

  /**
   * The server's part of the metadata; what a client says about it does not count.
   *
   * @param sent is changed
   * @param uid of the new object
   */
  static void own(ResourceKind kind, ObjectNode sent, String namespace, String uid, Instant now) {
    ObjectNode metadata = Metadata.of(sent);
    if (!metadata.path("resourceVersion").asString("").isEmpty()) {
      throw Refusal.badRequest("resourceVersion should not be set on objects to be created");
    }
    requireNamespace(metadata, namespace);
    metadata.remove(
        List.of(
            "resourceVersion",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink"));
    if (kind.namespaced()) metadata.put("namespace", namespace);
    else metadata.remove("namespace");
    metadata.put("uid", uid);
    metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    if (kind.hasGeneration()) metadata.put("generation", 1);
  }

  /** Names an object that has only the beginning of a name. */
  static void nameIfNameless(ObjectNode object, RandomGenerator chance) {
    ObjectNode metadata = Metadata.of(object);
    String prefix = metadata.path("generateName").asString("");
    if (!metadata.path("name").asString("").isEmpty() || prefix.isEmpty()) return;
    StringBuilder name =
        new StringBuilder(prefix.substring(0, Math.min(prefix.length(), MOST_PREFIX_CHARS)));
    for (int i = 0; i < SUFFIX_CHARS; i++) {
      name.append(SUFFIX_ALPHABET.charAt(chance.nextInt(SUFFIX_ALPHABET.length())));
    }
    metadata.put("name", name.toString());
  }

  /** Whether the object's name was made by {@link #nameIfNameless}, so that another would do. */
  static boolean isNamedByPrefix(ObjectNode sent) {
    ObjectNode metadata = Metadata.of(sent);
    return metadata.path("name").asString("").isEmpty()
        && !metadata.path("generateName").asString("").isEmpty();
  }

  /**
   * Defaults, preparation, validation.
   *
   * @param claim who owns what of it
   */
  static ApiObject complete(ResourceKind kind, ObjectNode object, Claim claim) {
    kind.applyDefaults(object);
    Metadata.tidy(object); // First: nobody owns what is dropped.
    JsonNode managed = claim.ofNew(object);
    kind.prepareForCreate(object);
    Metadata.tidy(object);
    Metadata.setManaged(object, managed);
    ApiObject made = new ApiObject(object);
    List<Cause> causes = new ArrayList<>(MetadataFaults.ofNew(kind, made));
    causes.addAll(kind.validateCreate(made));
    if (!causes.isEmpty()) throw Refusal.invalid(kind, made.name(), causes);
    return made;
  }

  private static void requireNamespace(ObjectNode metadata, String namespace) {
    String given = metadata.path("namespace").asString("");
    if (!given.isEmpty() && !given.equals(namespace)) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }
}
