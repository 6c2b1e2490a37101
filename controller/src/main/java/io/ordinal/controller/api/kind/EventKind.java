package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Event;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Something that happened to an object. */
final class EventKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.text("Last Seen", "Time since it last happened."),
          Columns.text("Type", "Normal or Warning."),
          Columns.text("Reason", "What happened, in a word."),
          Columns.text("Object", "What it happened to."),
          Columns.wide("Subobject", "The part that it happened to."),
          Columns.wide("Source", "Who tells of it."),
          Columns.text("Message", "What happened, for people."),
          Columns.wide("First Seen", "Time since it first happened."),
          Columns.wide("Count", "How often it happened."),
          new Column("Name", "string", "name", "Name of the event.", 1));

  EventKind() {
    super(KindNames.namespaced("v1", "Event", "events", "ev"), Event.class);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    Map<String, Function<ObjectNode, String>> fields = new LinkedHashMap<>();
    for (String name :
        List.of("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath")) {
      fields.put("involvedObject." + name, event -> Tree.text(event.path("involvedObject"), name));
    }
    fields.put("reason", event -> Tree.text(event, "reason"));
    fields.put("reportingComponent", event -> Tree.text(event, "reportingComponent"));
    fields.put("source", EventKind::component);
    fields.put("type", event -> Tree.text(event, "type"));
    return fields;
  }

  /** Kubernetes tells of the times that an event has not. */
  @Override
  void addDefaults(ObjectNode event) {
    timesToMicros(event);
    Tree.ensure(event, "source");
    Tree.ensure(event, "involvedObject");
    for (String name : List.of("firstTimestamp", "lastTimestamp", "eventTime")) {
      if (!event.has(name)) event.putNull(name);
    }
    for (String name : List.of("reportingComponent", "reportingInstance")) {
      if (!event.has(name)) event.put(name, "");
    }
  }

  static void timesToMicros(ObjectNode event) {
    Times.toMicros(event, "eventTime");
    if (event.get("series") instanceof ObjectNode series)
      Times.toMicros(series, "lastObservedTime");
  }

  @Override
  public List<Cause> validateCreate(ApiObject event) {
    Faults faults = new Faults();
    EventRules.check(faults, event, "reportingComponent");
    return faults.found();
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject event, Instant now) {
    ObjectNode tree = event.tree();
    String eventTime = Tree.text(tree, "eventTime");
    String first = Tree.text(tree, "firstTimestamp");
    String last = Tree.text(tree.path("series"), "lastObservedTime");
    if (last.isEmpty()) last = Tree.text(tree, "lastTimestamp");
    String firstSeen = first.isEmpty() ? eventTime : first;
    String lastSeen = last.isEmpty() ? firstSeen : last;
    JsonNode about = tree.path("involvedObject");
    int count = tree.path("series").path("count").asInt(tree.path("count").asInt(1));
    return List.of(
        Durations.since(lastSeen, now),
        Tree.text(tree, "type"),
        Tree.text(tree, "reason"),
        Tree.text(about, "kind").toLowerCase(Locale.ROOT) + "/" + Tree.text(about, "name"),
        Tree.text(about, "fieldPath"),
        source(tree),
        Tree.text(tree, "message").strip(),
        Durations.since(firstSeen, now),
        Integer.toString(Math.max(count, 1)),
        event.name());
  }

  private static String source(ObjectNode event) {
    String host = Tree.text(event.path("source"), "host");
    if (host.isEmpty()) host = Tree.text(event, "reportingInstance");
    String component = component(event);
    return host.isEmpty() ? component : component + ", " + host;
  }

  private static String component(ObjectNode event) {
    String component = Tree.text(event.path("source"), "component");
    return component.isEmpty() ? Tree.text(event, "reportingComponent") : component;
  }
}
