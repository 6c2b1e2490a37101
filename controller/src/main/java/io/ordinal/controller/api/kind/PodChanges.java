package io.ordinal.controller.api.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What may change in the specification of a pod. */
final class PodChanges {
  private static final String RULE =
      "pod updates may not change fields other than `spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)";

  /** Kubernetes begins the container anew; a process is not replaced within a life. */
  private static final String IMAGE =
      "Ordinal does not change the image of a pod that exists: change its set's template, or delete"
          + " the pod and create it anew";

  private PodChanges() {}

  static void check(Faults faults, JsonNode before, JsonNode after) {
    for (String list : List.of("containers", "initContainers")) {
      checkContainers(faults, list, before.path(list), after.path(list));
    }
    checkDeadline(
        faults, before.path("activeDeadlineSeconds"), after.path("activeDeadlineSeconds"));
    Set<String> kept = new HashSet<>();
    after.path("tolerations").forEach(each -> kept.add(Tree.likeness(each)));
    for (JsonNode each : before.path("tolerations")) {
      if (!kept.contains(Tree.likeness(each))) {
        faults.forbidden(
            "spec.tolerations",
            "existing toleration can not be modified except its tolerationSeconds");
        break;
      }
    }
    Set<String> changed = changed(before, after);
    if (!changed.isEmpty()) {
      faults.forbidden("spec", RULE + "\nchanged: " + String.join(", ", changed));
    }
  }

  private static Set<String> changed(JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    names.removeAll(Set.of("activeDeadlineSeconds", "tolerations", "containers", "initContainers"));
    Set<String> changed = new TreeSet<>();
    for (String name : names) {
      if (!Tree.same(before.path(name), after.path(name))) changed.add("spec." + name);
    }
    for (String list : List.of("containers", "initContainers")) {
      if (!Tree.same(withoutImages(before.path(list)), withoutImages(after.path(list)))) {
        changed.add("spec." + list);
      }
    }
    return changed;
  }

  private static JsonNode withoutImages(JsonNode containers) {
    JsonNode copy = containers.deepCopy();
    Tree.maps(copy).forEach(each -> each.remove("image"));
    return copy;
  }

  private static void checkContainers(Faults faults, String list, JsonNode before, JsonNode after) {
    if (before.size() != after.size()) {
      faults.forbidden("spec." + list, "pod updates may not add or remove containers");
      return;
    }
    List<ObjectNode> containers = Tree.maps(after);
    for (int i = 0; i < containers.size(); i++) {
      String at = "spec." + list + "[" + i + "].image";
      faults.present(at, containers.get(i).path("image"));
      if (!Tree.same(before.path(i).path("image"), containers.get(i).path("image"))) {
        faults.forbidden(at, IMAGE);
      }
    }
  }

  private static void checkDeadline(Faults faults, JsonNode before, JsonNode after) {
    if (!before.isNumber()) return;
    String at = "spec.activeDeadlineSeconds";
    if (!after.isNumber()) {
      faults.invalid(at, before, "must not update from a positive integer to nil value");
    } else if (after.asLong(0) > before.asLong(0)) {
      faults.invalid(at, after, "must be less than or equal to previous value");
    }
  }
}
