package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes Drill objects. */
final class DrillDocument {
  static final ResourceName DRILLS = ResourceName.of(Drill.GROUP, Drill.PLURAL);

  private DrillDocument() {}

  static ObjectKey key(String name) {
    return new ObjectKey(DRILLS, "", name);
  }

  /**
   * @throws IllegalArgumentException when it is not one
   */
  static DrillSpec spec(ApiObject drill) {
    try {
      return Json.mapper().treeToValue(drill.spec(), DrillSpec.class);
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException("spec: " + unreadable.getOriginalMessage(), unreadable);
    }
  }

  /** A status that somebody spoiled counts as none: then the drill begins anew, with its checks. */
  static DrillStatus status(ApiObject drill) {
    if (!drill.status().isObject()) return DrillStatus.NEW;
    try {
      return Json.mapper().treeToValue(drill.status(), DrillStatus.class);
    } catch (JacksonException unreadable) {
      return DrillStatus.NEW;
    }
  }

  static boolean isSchedule(ApiObject drill) {
    return !drill.spec().path("schedule").asString("").isEmpty();
  }

  /** Why somebody wants it to end. */
  static Optional<String> ending(ApiObject drill) {
    if (drill.deletionTimestamp().isPresent()) return Optional.of("the drill was deleted");
    if (drill.spec().path("abort").asBoolean(false)) return Optional.of("spec.abort was set");
    return "true".equals(drill.annotations().get(Drill.ABORT_ANNOTATION))
        ? Optional.of("the annotation " + Drill.ABORT_ANNOTATION + " was set")
        : Optional.empty();
  }

  static ApiObject with(ApiObject drill, DrillStatus status) {
    ObjectNode tree = drill.copy();
    tree.set("status", Json.mapper().<ObjectNode>valueToTree(status));
    return new ApiObject(tree);
  }

  /** Held back from deletion, or let go. */
  static ApiObject held(ApiObject drill, boolean hold) {
    if (drill.finalizers().contains(Drill.FINALIZER) == hold) return drill;
    ObjectNode tree = drill.copy();
    ObjectNode metadata = tree.withObjectProperty("metadata");
    List<String> others =
        drill.finalizers().stream().filter(each -> !each.equals(Drill.FINALIZER)).toList();
    metadata.remove("finalizers");
    if (hold || !others.isEmpty()) {
      ArrayNode list = metadata.putArray("finalizers");
      others.forEach(list::add);
      if (hold) list.add(Drill.FINALIZER);
    }
    return new ApiObject(tree);
  }
}
