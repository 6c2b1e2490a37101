package io.ordinal.cli.resource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Events as rows of a table, in the order in which they happened. */
public final class EventRows {
  private final boolean namespaces;
  private final List<String> types;

  /**
   * @param types only these; empty for all
   */
  public EventRows(boolean namespaces, List<String> types) {
    this.namespaces = namespaces;
    this.types = List.copyOf(types);
  }

  public List<String> head() {
    List<String> head =
        new ArrayList<>(List.of("LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"));
    if (namespaces) head.add(0, "NAMESPACE");
    return head;
  }

  /** All that are wanted, the newest last. */
  public List<List<String>> of(JsonNode events, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    StreamSupport.stream(events.spliterator(), false)
        .sorted(Comparator.comparing(EventRows::last))
        .forEach(each -> rows.addAll(one(each, now)));
    return rows;
  }

  /** Its row, or none if it is not wanted. */
  public List<List<String>> one(JsonNode event, Instant now) {
    String type = event.path("type").asString("");
    if (!types.isEmpty() && types.stream().noneMatch(type::equalsIgnoreCase)) return List.of();
    JsonNode about = event.path("involvedObject");
    String object =
        about.path("kind").asString("").toLowerCase(Locale.ROOT)
            + "/"
            + about.path("name").asString("");
    List<String> row =
        new ArrayList<>(
            List.of(
                Ages.since(last(event), now),
                type,
                event.path("reason").asString(""),
                object,
                event.path("message").asString("").strip()));
    if (namespaces) row.add(0, event.path("metadata").path("namespace").asString(""));
    return List.of(row);
  }

  private static Instant last(JsonNode event) {
    for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
      String text = event.path(field).asString("");
      if (!text.isEmpty()) return Instant.parse(text);
    }
    return Instant.EPOCH;
  }
}
