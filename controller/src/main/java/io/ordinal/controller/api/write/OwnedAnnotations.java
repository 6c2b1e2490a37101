package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Annotations that the system writes and reads itself: they stay as they are, and who would have
 * them otherwise is told. Pure.
 */
final class OwnedAnnotations {
  private static final String FIELD = "annotations";

  private OwnedAnnotations() {}

  /**
   * For a whole object: one that is left out is meant to stay, as with status.
   *
   * @param wanted is changed
   */
  static void replaced(ResourceKind kind, ObjectNode wanted, ApiObject old, List<String> warnings) {
    kind.ownedAnnotations()
        .forEach(
            (name, use) -> {
              boolean said = wanted.path("metadata").path(FIELD).has(name);
              boolean kept = keep(name, wanted, old);
              if (said && !kept) warnings.add(text(name, use));
            });
  }

  /**
   * For changes to an object: one that is gone was to be removed.
   *
   * @param wanted is changed
   */
  static void patched(ResourceKind kind, ObjectNode wanted, ApiObject old, List<String> warnings) {
    kind.ownedAnnotations()
        .forEach(
            (name, use) -> {
              if (!keep(name, wanted, old)) warnings.add(text(name, use));
            });
  }

  /**
   * For a new object.
   *
   * @param object is changed
   * @return what its sender should know
   */
  static List<String> dropped(ResourceKind kind, ObjectNode object) {
    List<String> warnings = new ArrayList<>();
    if (!(object.path("metadata").path(FIELD) instanceof ObjectNode annotations)) return warnings;
    kind.ownedAnnotations()
        .forEach(
            (name, use) -> {
              if (annotations.remove(name) != null) warnings.add(text(name, use));
            });
    return warnings;
  }

  /** Whether it was so already. */
  private static boolean keep(String name, ObjectNode wanted, ApiObject old) {
    JsonNode before = old.metadata().path(FIELD).path(name);
    if (before.equals(wanted.path("metadata").path(FIELD).path(name))) return true;
    if (before.isMissingNode()) {
      ((ObjectNode) wanted.path("metadata").path(FIELD)).remove(name);
    } else {
      Metadata.of(wanted).withObjectProperty(FIELD).set(name, before);
    }
    return false;
  }

  private static String text(String name, String use) {
    return "metadata.annotations["
        + name
        + "]: Ordinal alone writes it ("
        + use
        + "): what you ask of it is passed over";
  }
}
