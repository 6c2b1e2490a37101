package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields to be set in an object that clients may write too. Idempotent.
 *
 * @param uid of the very object
 * @param guard JSON pointer to the field that makes the decision final: it must be empty or have
 *     this {@code value} already
 * @param replaces what it may have instead; empty for nothing
 */
public record Merge(
    ObjectKey key, String uid, ObjectNode fields, String guard, String value, String replaces) {
  /** A decision that replaces no earlier one. */
  public Merge(ObjectKey key, String uid, ObjectNode fields, String guard, String value) {
    this(key, uid, fields, guard, value, "");
  }

  /**
   * The object afterwards; nothing when it is another one, is being deleted, or was decided
   * otherwise meanwhile.
   */
  public Optional<ApiObject> into(ApiObject current) {
    if (!current.uid().equals(uid) || current.deletionTimestamp().isPresent())
      return Optional.empty();
    String found = current.tree().at(guard).asString("");
    if (!found.isEmpty() && !found.equals(value) && !found.equals(replaces))
      return Optional.empty();
    ObjectNode merged = current.copy();
    merge(merged, fields);
    return Optional.of(new ApiObject(merged));
  }

  private static void merge(ObjectNode target, ObjectNode fields) {
    for (var field : fields.properties()) {
      JsonNode present = target.get(field.getKey());
      if (field.getValue() instanceof ObjectNode inner && present instanceof ObjectNode deeper) {
        merge(deeper, inner);
      } else {
        target.set(field.getKey(), field.getValue().deepCopy());
      }
    }
  }
}
