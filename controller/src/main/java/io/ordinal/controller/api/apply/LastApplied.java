package io.ordinal.controller.api.apply;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotation in which {@code kubectl apply} without {@code --server-side} keeps what it applied
 * last. Where kubectl goes over to server-side apply, its own values of then are no conflicts, and
 * the annotation goes on telling what was applied, so that it can go back.
 */
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String KUBECTL = "kubectl";

  private LastApplied() {}

  /** Whether all conflicts are about values that kubectl itself applied. */
  static boolean excuses(
      ResourceKind kind, ObjectNode live, Writer writer, Collection<FieldSet> conflicts) {
    if (!writer.name().equals(KUBECTL) || conflicts.isEmpty()) return false;
    Optional<ObjectNode> last = read(live);
    if (last.isEmpty() || !last.get().path("apiVersion").asString("").equals(kind.apiVersion())) {
      return false;
    }
    Mode mode = Mode.of(kind.schema());
    if (!Configuration.faults(last.get(), mode).isEmpty()) return false;
    Comparison since = Comparison.of(last.get(), live, mode);
    FieldSet own =
        Owned.by(last.get(), mode).difference(since.changed()).difference(since.removed());
    return conflicts.stream().allMatch(each -> each.difference(own).isEmpty());
  }

  /** Writes what was applied now into the annotation, where there is one, as kubectl would. */
  static void renew(ObjectNode object, ObjectNode configuration, Writer writer) {
    boolean has = object.path("metadata").path("annotations").has(ANNOTATION);
    if (!writer.name().equals(KUBECTL) || !has) return;
    ObjectNode applied = configuration.deepCopy();
    if (applied.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(ANNOTATION);
    }
    String text = new String(Json.sortedBytes(applied), StandardCharsets.UTF_8) + "\n";
    object.withObject("/metadata/annotations").put(ANNOTATION, text);
  }

  private static Optional<ObjectNode> read(ObjectNode object) {
    JsonNode text = object.path("metadata").path("annotations").path(ANNOTATION);
    if (text.asString("").isEmpty()) return Optional.empty();
    try {
      return Optional.of(Json.object(text.asString().getBytes(StandardCharsets.UTF_8)));
    } catch (JacksonException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
