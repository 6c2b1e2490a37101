package io.ordinal.controller.api.apply;

import io.ordinal.controller.api.kind.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Server-side apply: the object becomes what the configuration says of it; what its sender owned
 * before and says no more goes, unless somebody else owns it too; and where others own a field and
 * it would get another value, nothing is done, unless by force.
 */
public final class ServerSideApply {
  /** Owns what was there before anybody was told apart. */
  private static final String BEFORE = "before-first-apply";

  /** Nobody owns the name of an object, and nobody can give it up. */
  private static final FieldSet NAME =
      FieldSet.EMPTY.with("f:metadata", FieldSet.EMPTY.with("f:name", FieldSet.LEAF));

  private ServerSideApply() {}

  /** What is wrong with a configuration whatever it is applied to; empty when nothing is. */
  public static List<String> faults(ResourceKind kind, ObjectNode configuration) {
    return Configuration.faults(configuration, Mode.of(kind.schema()));
  }

  /** The configuration makes the object. */
  public static Applied.Done create(ResourceKind kind, ObjectNode configuration, Writer writer) {
    FieldSet fields = Scope.of(kind, writer, Owned.by(configuration, Mode.of(kind.schema())));
    ManagedFields managed =
        ManagedFields.NONE.with(
            FieldOwner.applier(writer), kind.apiVersion(), writer.now(), fields);
    return new Applied.Done(configuration.deepCopy(), managed.json());
  }

  /**
   * What comes of it does not say who owns what: that is told beside it.
   *
   * @param configuration without faults
   * @param force takes fields from others
   */
  public static Applied apply(
      ResourceKind kind, ObjectNode old, ObjectNode configuration, Writer writer, boolean force) {
    Mode mode = Mode.of(kind.schema());
    FieldOwner self = FieldOwner.applier(writer);
    ManagedFields before = owners(kind, old, writer);
    ObjectNode live = withoutOwners(old);
    FieldSet wanted = Scope.of(kind, writer, Owned.by(configuration, mode));
    ManagedFields after = before.with(self, kind.apiVersion(), writer.now(), wanted);
    ObjectNode merged = StructuredMerge.of(live, configuration, mode);
    FieldSet owned = after.all().union(NAME);
    ObjectNode next = pruned(merged, before.of(self), owned, mode);
    Comparison compared =
        Comparison.of(live, next, mode).within(each -> Scope.of(kind, writer, each));
    Map<FieldOwner, FieldSet> conflicts = conflicts(before, self, compared.changed());
    boolean refused = !force && !LastApplied.excuses(kind, live, writer, conflicts.values());
    if (!conflicts.isEmpty() && refused) return Conflicts.of(conflicts);
    LastApplied.renew(next, configuration, writer);
    if (compared.isEmpty() && before.has(self, kind.apiVersion(), wanted)) {
      return new Applied.Done(next, before.json()); // The times of those who say the same stay.
    }
    ManagedFields managed =
        after.map(
            (owner, fields) ->
                owner.equals(self)
                    ? fields
                    : fields.difference(compared.changed()).difference(compared.removed()));
    return new Applied.Done(next, managed.json());
  }

  /** Nobody owns them, and an object that many apply to consists mostly of them. */
  private static ObjectNode withoutOwners(ObjectNode object) {
    if (!(object.path("metadata") instanceof ObjectNode metadata)) return object;
    ObjectNode without = object.objectNode().setAll(object);
    without.putObject("metadata").setAll(metadata).remove("managedFields");
    return without;
  }

  private static ManagedFields owners(ResourceKind kind, ObjectNode live, Writer writer) {
    JsonNode present = live.path("metadata").path("managedFields");
    ManagedFields known = ManagedFields.parse(present).orElse(ManagedFields.NONE);
    if (!known.isEmpty()) return known;
    Writer nobody = new Writer(BEFORE, writer.subresource(), writer.now());
    return ManagedFields.parse(Ownership.ofNew(kind, live, nobody)).orElseThrow();
  }

  private static Map<FieldOwner, FieldSet> conflicts(
      ManagedFields managed, FieldOwner self, FieldSet changed) {
    Map<FieldOwner, FieldSet> found = new TreeMap<>(FieldOwner.BY_NAME);
    managed
        .entries()
        .forEach(
            (owner, entry) -> {
              FieldSet both = entry.fields().intersection(changed);
              if (!owner.equals(self) && !both.isEmpty()) found.put(owner, both);
            });
    return found;
  }

  /** Without what the sender had before and has no more, and nobody else has. */
  private static ObjectNode pruned(ObjectNode merged, FieldSet last, FieldSet owned, Mode mode) {
    if (last.isEmpty()) return merged;
    FieldSet given = last.withDeclared(mode);
    FieldSet all = Owned.by(merged, mode).withDeclared(mode);
    ObjectNode without = Removal.of(merged, given, mode);
    FieldSet left = Owned.by(without, mode).withDeclared(mode);
    FieldSet unowned = all.difference(left.union(owned.withDeclared(mode)));
    FieldSet kept = Owned.by(Removal.of(merged, unowned, mode), mode).withDeclared(mode);
    // What others have below a field that was given up keeps the field, too.
    return Removal.of(merged, all.difference(kept).intersection(given), mode);
  }
}
