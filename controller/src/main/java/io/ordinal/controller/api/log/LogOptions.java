package io.ordinal.controller.api.log;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What part of a log is asked for.
 *
 * @param container empty when none was named
 * @param tailLines negative for all
 */
record LogOptions(
    String container,
    boolean follow,
    boolean previous,
    boolean timestamps,
    long tailLines,
    OptionalLong limitBytes,
    Optional<Instant> since) {

  static LogOptions parse(Query query, Instant now) {
    List<Cause> causes = new ArrayList<>();
    OptionalLong tail = query.number("tailLines");
    if (tail.isPresent() && tail.getAsLong() < 0) {
      causes.add(invalid("tailLines", tail.getAsLong(), "must be greater than or equal to 0"));
    }
    OptionalLong limit = query.number("limitBytes");
    if (limit.isPresent() && limit.getAsLong() < 1) {
      causes.add(invalid("limitBytes", limit.getAsLong(), "must be greater than 0"));
    }
    OptionalLong seconds = query.number("sinceSeconds");
    if (seconds.isPresent() && seconds.getAsLong() < 1) {
      causes.add(invalid("sinceSeconds", seconds.getAsLong(), "must be greater than 0"));
    }
    if (!causes.isEmpty()) throw Refusal.invalid("", "PodLogOptions", "", causes);
    Optional<Instant> since =
        seconds.isPresent()
            ? Optional.of(now.minusSeconds(seconds.getAsLong()))
            : query.get("sinceTime").map(LogOptions::instant);
    return new LogOptions(
        query.get("container").orElse(""),
        query.flag("follow"),
        query.flag("previous"),
        query.flag("timestamps"),
        tail.orElse(-1),
        limit,
        since);
  }

  private static Instant instant(String text) {
    try {
      return java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      throw Refusal.badRequest("sinceTime: expected an RFC 3339 time, found \"" + text + "\"");
    }
  }

  private static Cause invalid(String field, long value, String why) {
    return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
  }
}
