package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A rehearsal of a loss. */
final class DrillKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Target", "What the fault hits."),
          Columns.text("Way", "What the fault is."),
          Columns.text("Phase", "How far the drill is."),
          Columns.text("Verdict", "How the drill ended."),
          Columns.text("Ready", "Time from the fault until the last replica was ready again."),
          Columns.AGE,
          Columns.wide("Message", "What there is to say."));

  DrillKind() {
    super(KindNames.cluster(Drill.API_VERSION, Drill.KIND, Drill.PLURAL), Drill.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(status());
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  void addDefaults(ObjectNode drill) {
    ObjectNode spec = Tree.ensure(drill, "spec");
    Tree.defaultText(spec, "way", "Kill");
    Tree.defaultText(spec, "duration", "60s");
    Tree.defaultText(spec, "timeout", "10m");
    Tree.defaultText(Tree.ensure(spec, "steadyState"), "readyFor", "5s");
    Tree.defaultFlag(spec, "allowDegraded", false);
    Tree.defaultFlag(spec, "allowStranded", false);
    Tree.defaultFlag(spec, "dryRun", false);
    if (spec.path("probe") instanceof ObjectNode probe) {
      Tree.defaultText(probe, "interval", "200ms");
      if (probe.path("http") instanceof ObjectNode http) Tree.defaultText(http, "path", "/");
    }
    if (DrillRules.scheduled(spec)) {
      Tree.defaultFlag(spec, "suspend", false);
      Tree.defaultNumber(spec, "successfulDrillsHistoryLimit", 3);
      Tree.defaultNumber(spec, "failedDrillsHistoryLimit", 3);
    }
  }

  @Override
  public void prepareForCreate(ObjectNode drill) {
    drill.remove("status");
  }

  @Override
  public List<Cause> validateCreate(ApiObject drill) {
    Faults faults = new Faults();
    DrillRules.check(faults, drill.spec());
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject drill, ApiObject old) {
    Faults faults = new Faults();
    ObjectNode before = old.copy();
    applyDefaults(before);
    DrillRules.checkChange(faults, before.path("spec"), drill.spec());
    DrillRules.check(faults, drill.spec());
    return faults.found();
  }

  @Override
  public List<String> warnings(ApiObject drill) {
    List<String> warnings = new ArrayList<>();
    JsonNode spec = drill.spec();
    if (spec.path("allowStranded").asBoolean(false)) {
      warnings.add(
          "spec.allowStranded: replicas that cannot move are away for as long as the fault lasts");
    }
    return warnings;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject drill, Instant now) {
    JsonNode status = drill.status();
    JsonNode ready = status.path("times").path("readyMillis");
    return List.of(
        drill.name(),
        Cells.orNone(DrillRules.target(drill.spec().path("target"))),
        Tree.text(drill.spec(), "way"),
        Tree.text(status, "phase").isEmpty() ? "Pending" : Tree.text(status, "phase"),
        Tree.text(status, "verdict"),
        ready.isNumber() ? seconds(ready.asLong(0)) : "",
        Durations.age(drill, now),
        Tree.text(status, "message"));
  }

  private static String seconds(long millis) {
    return "%d.%02ds".formatted(millis / 1000, millis % 1000 / 10);
  }
}
