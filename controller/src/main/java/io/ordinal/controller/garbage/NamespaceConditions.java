package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ResourceName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in the words of Kubernetes what an ending namespace waits for. Pure. */
final class NamespaceConditions {
  /**
   * What stands in a namespace.
   *
   * @param resources how many of each kind
   * @param finalizers how many objects each one holds
   */
  record Remaining(Map<ResourceName, Integer> resources, Map<String, Integer> finalizers) {}

  private record Condition(String type, boolean status, String reason, String message) {}

  private final ArrayNode conditions;
  private final Instant now;

  private NamespaceConditions(ArrayNode conditions, Instant now) {
    this.conditions = conditions;
    this.now = now;
  }

  /** The namespace with these conditions, or nothing if it has them already. */
  static Optional<ApiObject> changed(ApiObject namespace, Remaining remaining, Instant now) {
    ObjectNode tree = namespace.copy();
    ObjectNode status = tree.withObjectProperty("status").put("phase", "Terminating");
    NamespaceConditions writer =
        new NamespaceConditions(status.withArrayProperty("conditions"), now);
    writer.set(
        new Condition(
            "NamespaceDeletionDiscoveryFailure",
            false,
            "ResourcesDiscovered",
            "All resources successfully discovered"));
    writer.set(
        new Condition(
            "NamespaceDeletionGroupVersionParsingFailure",
            false,
            "ParsedGroupVersions",
            "All legacy kube types successfully parsed"));
    writer.set(
        new Condition(
            "NamespaceDeletionContentFailure",
            false,
            "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization"));
    writer.set(content(remaining));
    writer.set(finalizers(remaining));
    return tree.equals(namespace.tree()) ? Optional.empty() : Optional.of(new ApiObject(tree));
  }

  private static Condition content(Remaining remaining) {
    String type = "NamespaceContentRemaining";
    if (remaining.resources().isEmpty()) {
      return new Condition(type, false, "ContentRemoved", "All content successfully removed");
    }
    String message =
        remaining.resources().entrySet().stream()
            .map(
                each ->
                    qualified(each.getKey()) + " has " + each.getValue() + " resource instances")
            .sorted()
            .collect(Collectors.joining(", ", "Some resources are remaining: ", ""));
    return new Condition(type, true, "SomeResourcesRemain", message);
  }

  private static Condition finalizers(Remaining remaining) {
    String type = "NamespaceFinalizersRemaining";
    if (remaining.finalizers().isEmpty()) {
      return new Condition(
          type, false, "ContentHasNoFinalizers", "All content-preserving finalizers finished");
    }
    String message =
        remaining.finalizers().entrySet().stream()
            .map(each -> each.getKey() + " in " + each.getValue() + " resource instances")
            .sorted()
            .collect(
                Collectors.joining(
                    ", ", "Some content in the namespace has finalizers remaining: ", ""));
    return new Condition(type, true, "SomeFinalizersRemain", message);
  }

  /** Core kinds are followed by the dot of their empty group. */
  private static String qualified(ResourceName resource) {
    return resource.value().contains(".") ? resource.value() : resource.value() + ".";
  }

  private void set(Condition wanted) {
    ObjectNode condition = null;
    for (JsonNode each : conditions) {
      if (each.path("type").asString("").equals(wanted.type())) condition = (ObjectNode) each;
    }
    if (condition == null) condition = conditions.addObject().put("type", wanted.type());
    String status = wanted.status() ? "True" : "False";
    if (!condition.path("status").asString("").equals(status)) {
      condition.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    condition.put("status", status);
    condition.put("reason", wanted.reason()).put("message", wanted.message());
  }
}
