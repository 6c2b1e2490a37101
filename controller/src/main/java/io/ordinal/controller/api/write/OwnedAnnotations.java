package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
    return told(kind, taken(kind, object).keySet());
  }

  /**
   * Takes them out of what is applied, so that its sender owns none of them.
   *
   * @param configuration is changed
   * @return what it would have them be, by name
   */
  static SortedMap<String, JsonNode> taken(ResourceKind kind, ObjectNode configuration) {
    SortedMap<String, JsonNode> taken = new TreeMap<>();
    JsonNode metadata = configuration.path("metadata");
    if (!(metadata.path(FIELD) instanceof ObjectNode annotations)) return taken;
    for (String name : kind.ownedAnnotations().keySet()) {
      JsonNode value = annotations.remove(name);
      if (value != null) taken.put(name, value);
    }
    boolean emptied = !taken.isEmpty() && annotations.isEmpty();
    if (emptied) ((ObjectNode) metadata).remove(FIELD); // An empty map would be owned as well.
    return taken;
  }

  /**
   * For a configuration without them, whose sender may have owned them before.
   *
   * @param taken what was in it
   * @param wanted what came of it; is changed
   */
  static void applied(
      ResourceKind kind,
      SortedMap<String, JsonNode> taken,
      ObjectNode wanted,
      ApiObject old,
      List<String> warnings) {
    kind.ownedAnnotations().keySet().forEach(name -> keep(name, wanted, old));
    SortedMap<String, JsonNode> others = new TreeMap<>(taken);
    others.entrySet().removeIf(each -> each.getValue().equals(present(each.getKey(), old)));
    warnings.addAll(told(kind, others.keySet()));
  }

  /** What the sender of these should know. */
  static List<String> told(ResourceKind kind, Collection<String> names) {
    return names.stream().map(name -> text(name, kind.ownedAnnotations().get(name))).toList();
  }

  /** Whether it was so already. */
  private static boolean keep(String name, ObjectNode wanted, ApiObject old) {
    JsonNode before = present(name, old);
    if (before.equals(wanted.path("metadata").path(FIELD).path(name))) return true;
    if (before.isMissingNode()) {
      ((ObjectNode) wanted.path("metadata").path(FIELD)).remove(name);
    } else {
      Metadata.of(wanted).withObjectProperty(FIELD).set(name, before);
    }
    return false;
  }

  private static JsonNode present(String name, ApiObject old) {
    return old.metadata().path(FIELD).path(name);
  }

  private static String text(String name, String use) {
    return "metadata.annotations["
        + name
        + "]: Ordinal alone writes it ("
        + use
        + "): what you ask of it is passed over";
  }
}
