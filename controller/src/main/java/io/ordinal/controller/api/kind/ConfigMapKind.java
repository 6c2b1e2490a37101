package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Configuration that pods read. */
final class ConfigMapKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(Columns.NAME, Columns.text("Data", "How many entries it has."), Columns.AGE);

  ConfigMapKind() {
    super(KindNames.namespaced("v1", "ConfigMap", "configmaps", "cm"), ConfigMap.class);
  }

  @Override
  public List<Cause> validateCreate(ApiObject map) {
    Faults faults = new Faults();
    check(faults, map.tree());
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject map, ApiObject old) {
    Faults faults = new Faults();
    DataRules.checkImmutable(faults, old.tree(), map.tree(), "data", "binaryData");
    check(faults, map.tree());
    return faults.found();
  }

  private static void check(Faults faults, ObjectNode map) {
    JsonNode data = map.path("data");
    JsonNode binary = map.path("binaryData");
    DataRules.checkKeys(faults, "data", data);
    DataRules.checkKeys(faults, "binaryData", binary);
    for (String key : data.propertyNames()) {
      if (binary.has(key)) {
        faults.invalid("data[" + key + "]", key, "duplicate of key present in binaryData");
      }
    }
    long size = DataRules.size(data) + DataRules.checkBinary(faults, "binaryData", binary);
    if (size > DataRules.MOST_BYTES) faults.tooLong("", DataRules.MOST_BYTES);
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject map, Instant now) {
    int entries = map.tree().path("data").size() + map.tree().path("binaryData").size();
    return List.of(map.name(), Integer.toString(entries), Durations.age(map, now));
  }
}
