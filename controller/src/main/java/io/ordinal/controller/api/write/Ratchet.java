package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules get tighter with time, and what an earlier state of them let in must stay changeable: who
 * changes an object answers for what they change, not for what stood there before. Pure.
 */
final class Ratchet {
  private static final List<String> COMMON = List.of("kind", "apiVersion", "metadata", "status");

  private Ratchet() {}

  /**
   * The faults that count. None when nothing but metadata or status differs, and of an object that
   * is going only those of the change itself, such as of a field that is immutable: it must be
   * possible to take off its finalizers.
   *
   * @param found by {@code kind.validateUpdate(made, old)}
   */
  static List<Cause> counting(ResourceKind kind, ApiObject made, ApiObject old, List<Cause> found) {
    if (found.isEmpty()) return found;
    ObjectNode before = old.copy();
    kind.applyDefaults(before);
    if (body(made.copy()).equals(body(before.deepCopy()))) return List.of();
    boolean going = old.deletionTimestamp().isPresent();
    Set<Cause> known = new HashSet<>(kind.validateCreate(going ? made : new ApiObject(before)));
    return found.stream().filter(each -> !known.contains(each)).toList();
  }

  private static ObjectNode body(ObjectNode object) {
    object.remove(COMMON);
    return object;
  }
}
