package io.ordinal.controller.api.write;

import io.ordinal.controller.api.apply.Ownership;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes what a client wants an object to be into what is stored. Pure. */
final class ChangedObject {
  private static final List<String> OWNED =
      List.of(
          "uid",
          "creationTimestamp",
          "generation",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private ChangedObject() {}

  /**
   * A change through the main resource.
   *
   * @param wanted is changed
   * @param claim who owns what afterwards
   */
  static ApiObject main(ResourceKind kind, ObjectNode wanted, ApiObject old, Claim claim) {
    JsonNode asked = wanted.path("metadata").path(Metadata.MANAGED);
    own(kind, wanted, old);
    kind.applyDefaults(wanted);
    kind.prepareForUpdate(wanted, old);
    ApiObject made = checked(kind, wanted, old);
    Metadata.setManaged(wanted, claim.ofChanged(old, asked, wanted));
    return made;
  }

  /**
   * A change through the status subresource: status and metadata count, nothing else.
   *
   * @param wanted is changed
   * @param claim who owns what afterwards
   */
  static ApiObject status(ResourceKind kind, ObjectNode wanted, ApiObject old, Claim claim) {
    JsonNode asked = wanted.path("metadata").path(Metadata.MANAGED);
    own(kind, wanted, old);
    ObjectNode next = old.copy();
    next.set("metadata", wanted.path("metadata"));
    JsonNode status = wanted.path("status");
    if (status.isObject()) next.set("status", status);
    Metadata.tidy(next);
    ApiObject made = new ApiObject(next);
    List<Cause> causes = MetadataFaults.ofChanged(made, old);
    if (!causes.isEmpty()) throw Refusal.invalid(kind, old.name(), causes);
    Metadata.setManaged(next, claim.ofChanged(old, asked, next));
    return made;
  }

  /**
   * Lets go of a namespace, or holds it: its own finalizers count, nothing else.
   *
   * @param wanted is changed
   */
  static ApiObject finalize(ResourceKind kind, ObjectNode wanted, ApiObject old) {
    own(kind, wanted, old);
    ObjectNode next = old.copy();
    JsonNode finalizers = wanted.path("spec").path("finalizers");
    ObjectNode spec = next.withObject("/spec");
    if (finalizers.isArray() && !finalizers.isEmpty()) spec.set("finalizers", finalizers);
    else spec.remove("finalizers");
    return new ApiObject(next);
  }

  /**
   * What a PUT says must be true of an object that is not there yet.
   *
   * @param wanted gets the name of the URL if it has none
   */
  static void requireNew(ResourceKind kind, ObjectNode wanted, String name) {
    ObjectNode metadata = Metadata.of(wanted);
    if (metadata.path("name").asString("").isEmpty()) metadata.put("name", name);
    requireName(metadata.path("name").asString(""), name);
    String uid = metadata.path("uid").asString("");
    if (!uid.isEmpty())
      throw anotherUid(kind, name, metadata.path("namespace").asString(""), uid, "");
    if (!metadata.path("resourceVersion").asString("").isEmpty()) {
      throw Refusal.modified(kind, name);
    }
  }

  private static void requireName(String given, String name) {
    if (given.equals(name)) return;
    throw Refusal.badRequest(
        "the name of the object (" + given + ") does not match the name on the URL (" + name + ")");
  }

  private static StatusException anotherUid(
      ResourceKind kind, String name, String namespace, String given, String found) {
    return Refusal.conflict(
        kind,
        kind.resource().value(),
        name,
        "StorageError: invalid object, Code: 4, Key: "
            + namespace
            + "/"
            + name
            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
            + given
            + ", UID in object meta: "
            + found);
  }

  /** Whether nothing that is stored differs, but when who wrote what is. */
  static boolean isSame(ApiObject next, ApiObject old) {
    return next.tree().equals(old.tree()) || Ownership.differInTimesOnly(next.tree(), old.tree());
  }

  /** Whether nothing holds the object any more: it is being deleted and all have let go. */
  static boolean isReleased(ApiObject object) {
    return object.deletionTimestamp().isPresent()
        && object.finalizers().isEmpty()
        && object.spec().path("finalizers").isEmpty();
  }

  private static void own(ResourceKind kind, ObjectNode wanted, ApiObject old) {
    ObjectNode metadata = Metadata.of(wanted);
    requireName(metadata.path("name").asString(old.name()), old.name());
    String namespace = metadata.path("namespace").asString(old.namespace());
    if (!namespace.isEmpty() && !namespace.equals(old.namespace())) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    String version = metadata.path("resourceVersion").asString("");
    if (!version.isEmpty() && !version.equals(old.resourceVersion())) {
      throw Refusal.modified(kind, old.name());
    }
    String uid = metadata.path("uid").asString("");
    if (!uid.isEmpty() && !uid.equals(old.uid())) {
      throw anotherUid(kind, old.name(), old.namespace(), uid, old.uid());
    }
    for (String field : OWNED) Metadata.carryOver(metadata, old.metadata(), field);
    Metadata.carryOver(metadata, old.metadata(), "generateName");
    Metadata.carryOver(metadata, old.metadata(), "resourceVersion");
    Metadata.carryOver(metadata, old.metadata(), "name");
    Metadata.carryOver(metadata, old.metadata(), "namespace");
    Metadata.carryOver(metadata, old.metadata(), Metadata.MANAGED);
  }

  private static ApiObject checked(ResourceKind kind, ObjectNode wanted, ApiObject old) {
    Metadata.tidy(wanted);
    if (kind.hasGeneration() && !wanted.path("spec").equals(old.spec())) {
      Metadata.of(wanted).put("generation", old.generation() + 1);
    }
    ApiObject made = new ApiObject(wanted);
    List<Cause> causes = new ArrayList<>(MetadataFaults.ofChanged(made, old));
    causes.addAll(Ratchet.counting(kind, made, old, kind.validateUpdate(made, old)));
    if (!causes.isEmpty()) throw Refusal.invalid(kind, old.name(), causes);
    Optional<String> forbidden = kind.forbidsUpdate(made, old);
    if (forbidden.isPresent()) {
      throw Refusal.forbidden(kind, old.name(), forbidden.get(), List.of());
    }
    return made;
  }
}
