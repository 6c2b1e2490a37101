package io.ordinal.controller.event;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.Piece;
import io.ordinal.controller.event.EventFolding.Folded;
import io.ordinal.controller.event.EventNote.About;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code v1/Event} as Kubernetes prints it. */
final class EventDocument {
  static final ResourceName EVENTS = new ResourceName("events");
  private static final int LONGEST_MESSAGE = 1024;

  private EventDocument() {}

  /** Events about objects of the whole cluster stand in {@code default}. */
  static ObjectKey key(Folded event) {
    return new ObjectKey(EVENTS, namespace(event), event.name());
  }

  static ApiObject of(Folded event) {
    EventNote note = event.note();
    ObjectNode tree = Json.object();
    tree.put("kind", "Event");
    tree.put("apiVersion", "v1");
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", event.name());
    metadata.put("namespace", namespace(event));
    metadata.put("uid", uid(event));
    metadata.put("creationTimestamp", time(event.first()));
    about(tree.putObject("involvedObject"), note.about());
    tree.put("reason", note.reason());
    tree.put("message", cut(note.message()));
    ObjectNode source = tree.putObject("source");
    source.put("component", note.component());
    if (!note.host().isEmpty()) source.put("host", note.host());
    tree.put("firstTimestamp", time(event.first()));
    tree.put("lastTimestamp", time(event.last()));
    tree.put("count", event.count());
    tree.put("type", note.warning() ? "Warning" : "Normal");
    tree.putNull("eventTime");
    tree.put("reportingComponent", note.component());
    tree.put("reportingInstance", note.host());
    return new ApiObject(tree);
  }

  /** When it last happened, as far as the document tells. */
  static Instant last(StoredObject stored) {
    ApiObject event = ApiObject.of(stored);
    String seen = event.tree().path("series").path("lastObservedTime").asString("");
    for (String time :
        new String[] {seen, text(event, "lastTimestamp"), text(event, "eventTime")}) {
      if (!time.isEmpty()) return Instant.parse(time);
    }
    return event.creationTimestamp().orElse(Instant.EPOCH);
  }

  private static String text(ApiObject event, String field) {
    return event.tree().path(field).asString("");
  }

  private static void about(ObjectNode involved, About about) {
    involved.put("kind", about.kind());
    if (!about.namespace().isEmpty()) involved.put("namespace", about.namespace());
    involved.put("name", about.name());
    involved.put("uid", about.uid());
    involved.put("apiVersion", about.apiVersion());
    if (!about.fieldPath().isEmpty()) involved.put("fieldPath", about.fieldPath());
  }

  private static String namespace(Folded event) {
    String namespace = event.note().about().namespace();
    return namespace.isEmpty() ? "default" : namespace;
  }

  /** The name is unique, so the uid may come from it: the same each time the event is written. */
  private static String uid(Folded event) {
    String unique = namespace(event) + "/" + event.name();
    return UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : Piece.first(message, LONGEST_MESSAGE - 3) + "...";
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
