package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How much pods, containers and claims of a namespace may and must ask for. */
final class LimitRangeKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME, new Column("Created At", "date", "", "When the object was created.", 0));

  LimitRangeKind() {
    super(KindNames.namespaced("v1", "LimitRange", "limitranges", "limits"), LimitRange.class);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  /** A limit is the largest one, a request is the limit, or else the smallest one. */
  @Override
  void addDefaults(ObjectNode range) {
    for (ObjectNode item : Tree.maps(range.path("spec").path("limits"))) {
      if (!Tree.text(item, "type").equals("Container")) continue;
      fill(item, "default", item.path("max"));
      fill(item, "defaultRequest", item.path("default"));
      fill(item, "defaultRequest", item.path("min"));
    }
  }

  private static void fill(ObjectNode item, String list, JsonNode from) {
    if (!from.isObject()) return;
    from.properties()
        .forEach(
            each -> {
              if (item.path(list).has(each.getKey())) return;
              Tree.ensure(item, list).set(each.getKey(), each.getValue());
            });
  }

  @Override
  public List<Cause> validateCreate(ApiObject range) {
    return LimitRangeRules.faults(range.spec());
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject range, Instant now) {
    return List.of(range.name(), range.creationTimestamp().map(Instant::toString).orElse(""));
  }
}
