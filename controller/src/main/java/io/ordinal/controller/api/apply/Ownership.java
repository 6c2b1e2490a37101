package io.ordinal.controller.api.apply;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps {@code metadata.managedFields} through everything that is no apply: who changes a field
 * owns it from then on, together with nobody.
 */
public final class Ownership {
  private static final String FIELD = "managedFields";

  /** What an object of any kind has before it has anything, as its type in Go says. */
  private static final ObjectNode NOTHING = nothing();

  private Ownership() {}

  /**
   * The managed fields of an object that somebody made.
   *
   * @param object with its defaults, before the server fills in what is its own
   */
  public static ArrayNode ofNew(ResourceKind kind, ObjectNode object, Writer writer) {
    Mode mode = Mode.of(kind.schema());
    FieldSet made = Comparison.of(NOTHING, object, mode).changed();
    FieldSet fields = Scope.of(kind, writer, made);
    if (fields.isEmpty()) return ManagedFields.NONE.json();
    FieldOwner owner = FieldOwner.updater(writer, kind.apiVersion());
    return ManagedFields.NONE.with(owner, kind.apiVersion(), writer.now(), fields).json();
  }

  /**
   * The managed fields of an object that somebody changed. An object that has none, since the
   * server made it, goes on without.
   *
   * @param asked what the client says of them; a missing node when nothing
   * @param next the object after the change; its own managed fields do not count
   */
  public static JsonNode ofChanged(
      ResourceKind kind, ObjectNode old, JsonNode asked, ObjectNode next, Writer writer) {
    JsonNode present = old.path("metadata").path(FIELD);
    JsonNode base = writer.subresource().isEmpty() ? base(asked, present) : present;
    if (base.isEmpty()) return base;
    Mode mode = Mode.of(kind.schema());
    Comparison compared =
        Comparison.of(old, next, mode).within(each -> Scope.of(kind, writer, each));
    if (compared.isEmpty()) return base;
    Optional<ManagedFields> before = ManagedFields.parse(base);
    if (before.isEmpty() || before.get().isEmpty()) return base;
    FieldOwner self = FieldOwner.updater(writer, kind.apiVersion());
    FieldSet fields =
        before.get().of(self).difference(compared.removed()).union(compared.changed());
    ManagedFields after =
        before
            .get()
            .map((owner, has) -> has.difference(compared.removed()).difference(compared.changed()));
    if (!fields.isEmpty()) after = after.with(self, kind.apiVersion(), writer.now(), fields);
    return after.capped().json();
  }

  /** What counts: what the client says, if it says anything that can be read. */
  private static JsonNode base(JsonNode asked, JsonNode present) {
    if (!(asked instanceof ArrayNode list) || list.isEmpty()) return present;
    boolean reset = list.size() == 1 && list.get(0).isObject() && list.get(0).isEmpty();
    if (reset) return Json.mapper().createArrayNode();
    if (asked.equals(present)) return present;
    return ManagedFields.parse(list).<JsonNode>map(ManagedFields::json).orElse(present);
  }

  /** Whether two objects differ in nothing but the times of their managed fields. */
  public static boolean differInTimesOnly(ObjectNode one, ObjectNode other) {
    if (one.size() != other.size()) return false;
    for (var each : one.properties()) {
      JsonNode counterpart = other.get(each.getKey());
      boolean metadata = each.getKey().equals("metadata");
      boolean same =
          metadata
              ? sameMetadata(each.getValue(), counterpart)
              : each.getValue().equals(counterpart);
      if (!same) return false;
    }
    return true;
  }

  private static boolean sameMetadata(JsonNode one, JsonNode other) {
    if (other == null || one.size() != other.size()) return false;
    for (var each : one.properties()) {
      JsonNode counterpart = other.get(each.getKey());
      boolean same =
          each.getKey().equals(FIELD) && counterpart instanceof ArrayNode
              ? sameButTimes(each.getValue(), counterpart)
              : each.getValue().equals(counterpart);
      if (!same) return false;
    }
    return true;
  }

  private static boolean sameButTimes(JsonNode one, JsonNode other) {
    if (one.size() != other.size()) return false;
    for (int i = 0; i < one.size(); i++) {
      JsonNode entry = one.get(i);
      JsonNode counterpart = other.get(i);
      if (entry.equals(counterpart)) continue;
      boolean maps = entry.isObject() && counterpart.isObject();
      if (!maps || !timeless(entry).equals(timeless(counterpart))) return false;
    }
    return true;
  }

  private static JsonNode timeless(JsonNode entry) {
    ObjectNode copy = (ObjectNode) entry.deepCopy();
    copy.remove("time");
    return copy;
  }

  private static ObjectNode nothing() {
    ObjectNode object = Json.object();
    object.putObject("metadata");
    object.putObject("status");
    ObjectNode spec = object.putObject("spec");
    for (String each : new String[] {"strategy", "updateStrategy", "resources"}) {
      spec.putObject(each);
    }
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata");
    template.putObject("spec").putNull("containers"); // Without containers, but they are told.
    spec.putNull("containers");
    return object;
  }
}
