package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event must be, whichever group it is sent to. Reads it as the core group has it. */
final class EventRules {
  private static final int MOST_CHARS = 128;
  private static final int MOST_NOTE_CHARS = 1024;
  private static final List<String> LASTING =
      List.of(
          "involvedObject",
          "reason",
          "message",
          "source",
          "firstTimestamp",
          "lastTimestamp",
          "count",
          "type",
          "eventTime",
          "action",
          "related",
          "reportingComponent",
          "reportingInstance");

  private EventRules() {}

  /**
   * What both groups ask.
   *
   * @param controller what the field of the reporting controller is called
   */
  static void check(Faults faults, ApiObject event, String controller) {
    ObjectNode tree = event.tree();
    if (Tree.text(tree, "eventTime").isEmpty()) old(faults, event);
    else fresh(faults, event, controller);
  }

  /** An event as they were once: it only must stand where its object does. */
  private static void old(Faults faults, ApiObject event) {
    String namespace = Tree.text(event.tree().path("involvedObject"), "namespace");
    boolean fits =
        namespace.isEmpty()
            ? List.of("", "default").contains(event.namespace())
            : namespace.equals(event.namespace());
    if (!fits) misplaced(faults, namespace);
  }

  private static void fresh(Faults faults, ApiObject event, String controller) {
    ObjectNode tree = event.tree();
    String namespace = Tree.text(tree.path("involvedObject"), "namespace");
    boolean fits =
        !namespace.isEmpty() || List.of("default", "kube-system").contains(event.namespace());
    if (!fits) misplaced(faults, namespace);
    if (faults.present(controller, tree.path("reportingComponent"))) {
      String name = Tree.text(tree, "reportingComponent");
      faults.invalid(controller, name, Syntax.qualifiedName(name));
    }
    for (String field : List.of("reportingInstance", "action", "reason")) {
      faults.present(field, tree.path(field));
      if (Tree.text(tree, field).length() > MOST_CHARS) {
        faults.invalid(field, "", "can have at most " + MOST_CHARS + " characters");
      }
    }
    if (Tree.text(tree, "message").length() > MOST_NOTE_CHARS) {
      faults.invalid("message", "", "can have at most " + MOST_NOTE_CHARS + " characters");
    }
  }

  private static void misplaced(Faults faults, String namespace) {
    faults.invalid("involvedObject.namespace", namespace, "does not match event.namespace");
  }

  /** What events.k8s.io asks of a new one besides. */
  static void checkNew(Faults faults, ApiObject event) {
    ObjectNode tree = event.tree();
    checkSeries(faults, tree);
    faults.present("eventTime", tree.path("eventTime"));
    String type = Tree.text(tree, "type");
    if (!List.of("Normal", "Warning").contains(type)) {
      faults.invalid("type", "", "has invalid value: " + type);
    }
    for (String field : List.of("firstTimestamp", "lastTimestamp", "count", "source")) {
      JsonNode value = tree.path(field);
      boolean unset = Tree.absent(value) || value.isContainer() && value.isEmpty();
      if (!unset && !(value.isNumber() && value.asLong(0) == 0)) {
        faults.invalid(field, "", "needs to be unset");
      }
    }
  }

  /** What events.k8s.io lets nobody change. */
  static void checkChange(Faults faults, ApiObject event, ApiObject old) {
    if (!Tree.same(event.tree().path("series"), old.tree().path("series"))) {
      checkSeries(faults, event.tree());
    }
    for (String field : LASTING) {
      JsonNode value = event.tree().path(field);
      if (!Tree.same(value, old.tree().path(field))) {
        faults.invalid(field, value, "field is immutable");
      }
    }
  }

  private static void checkSeries(Faults faults, ObjectNode event) {
    if (!(event.get("series") instanceof ObjectNode series)) return;
    if (series.path("count").asLong(0) < 2) {
      faults.invalid("series.count", "", "should be at least 2");
    }
    faults.present("series.lastObservedTime", series.path("lastObservedTime"));
  }

  /** The event as the core group has it. */
  static ApiObject core(ApiObject event, Map<String, String> names) {
    ObjectNode tree = event.tree().objectNode();
    event
        .tree()
        .properties()
        .forEach(
            each -> tree.set(names.getOrDefault(each.getKey(), each.getKey()), each.getValue()));
    return new ApiObject(tree);
  }
}
