package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long ago, as kubectl's tables show it. */
final class Durations {
  private static final String UNKNOWN = "<unknown>";

  private Durations() {}

  static String age(ApiObject object, Instant now) {
    return since(object.creationTimestamp(), now);
  }

  static String since(Optional<Instant> moment, Instant now) {
    return moment.map(then -> shown(Duration.between(then, now))).orElse(UNKNOWN);
  }

  /** As {@link #since}, of an RFC 3339 text. */
  static String since(String moment, Instant now) {
    return moment.isEmpty() ? UNKNOWN : shown(Duration.between(Instant.parse(moment), now));
  }

  static String shown(Duration duration) {
    if (duration.toMillis() < -1000) return "<invalid>";
    if (duration.isNegative()) return "0s";
    long seconds = duration.toSeconds();
    long minutes = duration.toMinutes();
    long hours = duration.toHours();
    long days = duration.toDays();
    if (seconds < 120) return seconds + "s";
    if (minutes < 10) return two(minutes, "m", seconds % 60, "s");
    if (hours < 3) return minutes + "m";
    if (hours < 8) return two(hours, "h", minutes % 60, "m");
    if (hours < 48) return hours + "h";
    if (days < 8) return two(days, "d", hours % 24, "h");
    if (days < 730) return days + "d";
    if (days < 8 * 365) return two(days / 365, "y", days % 365, "d");
    return days / 365 + "y";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
