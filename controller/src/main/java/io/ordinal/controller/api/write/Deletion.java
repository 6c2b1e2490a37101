package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.write.DeleteOptions.Propagation;
import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The beginning of an object's end. Pure. */
final class Deletion {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  private Deletion() {}

  /**
   * The object with the time of its deletion and with finalizers for those who deal with what it
   * owns. If nothing holds it then, it may go at once. Asked for again, the policy may still
   * change; the time does not.
   */
  static ApiObject begin(ResourceKind kind, ApiObject old, DeleteOptions options, Instant now) {
    ObjectNode next = old.copy();
    ObjectNode metadata = Metadata.of(next);
    List<String> finalizers = new ArrayList<>(old.finalizers());
    boolean first = old.deletionTimestamp().isEmpty();
    finalizers.removeAll(List.of(FOREGROUND, ORPHAN));
    if (options.propagation() == Propagation.FOREGROUND) finalizers.add(FOREGROUND);
    if (options.propagation() == Propagation.ORPHAN) finalizers.add(ORPHAN);
    // Without a wish of its own a repeated request leaves the policy of the first one.
    if (!first && options.propagation() == Propagation.BACKGROUND) finalizers = old.finalizers();
    if (!finalizers.equals(old.finalizers())) {
      ArrayNode list = metadata.putArray("finalizers");
      finalizers.forEach(list::add);
    }
    if (first) {
      metadata.put("deletionTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
      metadata.put("deletionGracePeriodSeconds", 0);
      if (kind.hasGeneration()) metadata.put("generation", old.generation() + 1);
      if (kind.resource().equals(Rules.NAMESPACES)) {
        next.withObject("/status").put("phase", "Terminating");
      }
    }
    Metadata.tidy(next);
    return new ApiObject(next);
  }
}
