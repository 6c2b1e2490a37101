package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.store.ResourceName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** The same events, as newer clients write and read them: in a group of their own. */
final class GroupedEventKind extends OrdinaryKind {
  /** What the fields are called in the core group. */
  private static final Map<String, String> CORE =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private final EventKind core = new EventKind();

  GroupedEventKind() {
    super(KindNames.namespaced("events.k8s.io/v1", "Event", "events", "ev"), Event.class);
  }

  @Override
  public Optional<Shown> shown() {
    return Optional.of(new Shown(new ResourceName("events"), "v1", CORE));
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    Map<String, Function<ObjectNode, String>> fields = new LinkedHashMap<>();
    core.selectableFields()
        .forEach(
            (name, read) -> {
              String own = name.replace("involvedObject", "regarding");
              if (name.equals("reportingComponent")) own = "reportingController";
              fields.put(own, event -> read.apply(coreOf(event)));
            });
    return fields;
  }

  @Override
  void addDefaults(ObjectNode event) {
    EventKind.timesToMicros(event);
    Tree.ensure(event, "deprecatedSource");
    Tree.ensure(event, "regarding");
  }

  @Override
  public List<Cause> validateCreate(ApiObject event) {
    Faults faults = new Faults();
    ApiObject plain = EventRules.core(event, CORE);
    EventRules.check(faults, plain, "reportingController");
    EventRules.checkNew(faults, plain);
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject event, ApiObject old) {
    Faults faults = new Faults();
    ApiObject plain = EventRules.core(event, CORE);
    EventRules.check(faults, plain, "reportingController");
    EventRules.checkChange(faults, plain, EventRules.core(old, CORE));
    return faults.found();
  }

  @Override
  public List<Column> columns() {
    return core.columns();
  }

  @Override
  public List<Object> cells(ApiObject event, Instant now) {
    return core.cells(EventRules.core(event, CORE), now);
  }

  private static ObjectNode coreOf(ObjectNode event) {
    return EventRules.core(new ApiObject(event), CORE).tree();
  }
}
