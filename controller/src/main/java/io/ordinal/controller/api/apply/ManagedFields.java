package io.ordinal.controller.api.apply;

import io.ordinal.controller.document.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who owns which fields of one object: {@code metadata.managedFields}. */
record ManagedFields(Map<FieldOwner, Entry> entries) {
  static final ManagedFields NONE = new ManagedFields(Map.of());

  /** More owners by update than this are not told apart, as in Kubernetes. */
  private static final int MOST_UPDATERS = 10;

  private static final String ANCIENT = "ancient-changes";
  private static final String FIELDS_TYPE = "FieldsV1";

  private static final Comparator<Map.Entry<FieldOwner, Entry>> ORDER =
      Comparator.comparing((Map.Entry<FieldOwner, Entry> each) -> each.getKey().operation())
          .thenComparing(each -> each.getValue().time())
          .thenComparing(each -> each.getKey().name())
          .thenComparing(each -> each.getValue().version())
          .thenComparing(each -> each.getKey().subresource());

  /**
   * What one owner has.
   *
   * @param version of the kind that the fields are of
   * @param time of the last change, in RFC 3339; may be empty
   */
  record Entry(String version, String time, FieldSet fields) {
    Entry with(FieldSet other) {
      return new Entry(version, time, other);
    }
  }

  /** Nothing when there is an entry that cannot be read. */
  static Optional<ManagedFields> parse(JsonNode list) {
    Map<FieldOwner, Entry> found = new LinkedHashMap<>();
    for (JsonNode each : list) {
      Optional<FieldSet> fields =
          each.has("fieldsV1") ? FieldSet.parse(each.get("fieldsV1")) : Optional.of(FieldSet.EMPTY);
      if (fields.isEmpty() || !text(each, "fieldsType").equals(FIELDS_TYPE)) {
        return Optional.empty();
      }
      boolean applies = text(each, "operation").equals("Apply");
      if (!applies && !text(each, "operation").equals("Update")) return Optional.empty();
      String version = text(each, "apiVersion");
      FieldOwner owner =
          new FieldOwner(
              text(each, "manager"), applies, applies ? "" : version, text(each, "subresource"));
      found.put(owner, new Entry(version, text(each, "time"), fields.get()));
    }
    return Optional.of(new ManagedFields(found));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  FieldSet of(FieldOwner owner) {
    Entry entry = entries.get(owner);
    return entry == null ? FieldSet.EMPTY : entry.fields();
  }

  /** Whether the owner has these fields, of this version of the kind. */
  boolean has(FieldOwner owner, String version, FieldSet fields) {
    Entry entry = entries.get(owner);
    return entry != null && entry.version().equals(version) && entry.fields().equals(fields);
  }

  /** All that anybody owns. */
  FieldSet all() {
    return FieldSet.union(entries.values().stream().map(Entry::fields).toList());
  }

  /** With other fields for each owner; whoever has none left is left out. */
  ManagedFields map(BiFunction<FieldOwner, FieldSet, FieldSet> change) {
    Map<FieldOwner, Entry> next = new LinkedHashMap<>();
    entries.forEach(
        (owner, entry) -> {
          FieldSet fields = change.apply(owner, entry.fields());
          if (!fields.isEmpty()) next.put(owner, entry.with(fields));
        });
    return new ManagedFields(next);
  }

  ManagedFields with(FieldOwner owner, String version, Instant now, FieldSet fields) {
    Map<FieldOwner, Entry> next = new LinkedHashMap<>(entries);
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    next.put(owner, new Entry(version, time, fields));
    return new ManagedFields(next);
  }

  /** The oldest of too many owners by update become one. */
  ManagedFields capped() {
    List<Map.Entry<FieldOwner, Entry>> updaters =
        entries.entrySet().stream().filter(each -> !each.getKey().applies()).sorted(ORDER).toList();
    int surplus = updaters.size() - MOST_UPDATERS;
    if (surplus <= 0) return this;
    Map<FieldOwner, Entry> next = new LinkedHashMap<>(entries);
    Map<FieldOwner, List<Entry>> old = new LinkedHashMap<>();
    for (Map.Entry<FieldOwner, Entry> each : updaters.subList(0, surplus + 1)) {
      FieldOwner ancient = new FieldOwner(ANCIENT, false, each.getValue().version(), "");
      old.computeIfAbsent(ancient, none -> new ArrayList<>()).add(each.getValue());
      next.remove(each.getKey());
    }
    old.forEach(
        (ancient, those) -> {
          if (next.get(ancient) != null) those.add(0, next.get(ancient));
          next.put(ancient, together(those));
        });
    return new ManagedFields(next);
  }

  /** As old as the last of them. */
  private static Entry together(List<Entry> entries) {
    Entry last = entries.get(entries.size() - 1);
    return last.with(FieldSet.union(entries.stream().map(Entry::fields).toList()));
  }

  ArrayNode json() {
    ArrayNode list = Json.mapper().createArrayNode();
    List<Map.Entry<FieldOwner, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(ORDER);
    for (Map.Entry<FieldOwner, Entry> each : sorted) {
      FieldOwner owner = each.getKey();
      ObjectNode entry = list.addObject();
      entry.put("manager", owner.name());
      entry.put("operation", owner.operation());
      entry.put("apiVersion", each.getValue().version());
      if (!each.getValue().time().isEmpty()) entry.put("time", each.getValue().time());
      entry.put("fieldsType", FIELDS_TYPE);
      entry.set("fieldsV1", each.getValue().fields().json());
      if (!owner.subresource().isEmpty()) entry.put("subresource", owner.subresource());
    }
    return list;
  }

  private static String text(JsonNode entry, String field) {
    return entry.path(field).asString("");
  }
}
