package io.ordinal.cli.resource;

import java.time.Duration;
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

  /** Durations as tables show them. */
  static final class Ages {
    private Ages() {}

    static String since(Instant then, Instant now) {
      long seconds = Math.max(0, Duration.between(then, now).toSeconds());
      if (seconds < 120) return seconds + "s";
      if (seconds < 600) return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
      if (seconds < 3 * 3600) return seconds / 60 + "m";
      if (seconds < 48 * 3600) return seconds / 3600 + "h";
      return seconds / 86_400 + "d";
    }
  }
}
