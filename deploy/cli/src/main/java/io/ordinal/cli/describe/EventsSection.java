package io.ordinal.cli.describe;

import io.ordinal.cli.resource.Ages;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What happened to an object, the newest last. */
final class EventsSection {
  private EventsSection() {}

  /**
   * @param readable none if they may not be read
   */
  static void write(Sheet sheet, Optional<JsonNode> readable, Instant now) {
    if (readable.isEmpty()) {
      sheet.line(0, "Events:", Texts.FORBIDDEN);
      return;
    }
    JsonNode events = readable.get();
    if (events.isEmpty()) {
      sheet.line(0, "Events:", "<none>");
      return;
    }
    sheet.line(0, "Events:");
    sheet.line(1, "Type", "Reason", "Age", "From", "Message");
    sheet.line(1, "----", "------", "----", "----", "-------");
    StreamSupport.stream(events.spliterator(), false)
        .sorted(Comparator.comparing(EventsSection::last))
        .forEach(each -> row(sheet, each, now));
  }

  private static void row(Sheet sheet, JsonNode event, Instant now) {
    String source = Texts.of(event.path("source").path("component"));
    sheet.line(
        1,
        Texts.of(event.path("type")),
        Texts.of(event.path("reason")),
        age(event, now),
        source.isEmpty() ? Texts.of(event.path("reportingComponent")) : source,
        Texts.of(event.path("message")).strip());
  }

  private static String age(JsonNode event, Instant now) {
    String first = Ages.since(time(event, "eventTime", "firstTimestamp"), now);
    int count = event.path("series").path("count").asInt(event.path("count").asInt(1));
    if (count <= 1) return first;
    return "%s (x%d over %s)".formatted(Ages.since(last(event), now), count, first);
  }

  private static Instant last(JsonNode event) {
    String observed = Texts.of(event.path("series").path("lastObservedTime"));
    if (!observed.isEmpty()) return Instant.parse(observed);
    return time(event, "lastTimestamp", "eventTime", "firstTimestamp");
  }

  private static Instant time(JsonNode event, String... fields) {
    for (String each : fields) {
      String text = Texts.of(event.path(each));
      if (!text.isEmpty()) return Instant.parse(text);
    }
    return Instant.EPOCH;
  }
}
