package io.ordinal.controller.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as API objects write them: {@code 500ms}, {@code 1m30s}, {@code 1.5h}. */
public final class TimeSpan {
  private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|h|m|s)");

  private TimeSpan() {}

  /**
   * @throws IllegalArgumentException that says what was expected
   */
  public static Duration parse(String text) {
    Matcher parts = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      long unit =
          switch (parts.group(2)) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 1_000_000L;
          };
      BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit));
      sum = sum.plusNanos(nanos.longValue());
      end = parts.end();
    }
    if (end == 0 || end != text.length()) {
      throw new IllegalArgumentException(
          "expected a duration such as 500ms, 30s or 1m30s, found '" + text + "'");
    }
    return sum;
  }
}
