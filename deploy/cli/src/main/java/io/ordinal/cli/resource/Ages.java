package io.ordinal.cli.resource;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as tables show it: fewer parts the longer it is. */
public final class Ages {
  private static final int DAYS_OF_YEAR = 365;

  private Ages() {}

  /** Such as {@code 45s}, {@code 5m10s}, {@code 3h20m} or {@code 12d}. */
  public static String since(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.isNegative()) age = Duration.ZERO;
    if (age.toSeconds() < 120) return age.toSeconds() + "s";
    if (age.toMinutes() < 10) return two(age.toMinutes(), "m", age.toSecondsPart(), "s");
    if (age.toHours() < 3) return age.toMinutes() + "m";
    if (age.toHours() < 8) return two(age.toHours(), "h", age.toMinutesPart(), "m");
    if (age.toHours() < 48) return age.toHours() + "h";
    if (age.toDays() < 8) return two(age.toDays(), "d", age.toHoursPart(), "h");
    long years = age.toDays() / DAYS_OF_YEAR;
    if (years < 2) return age.toDays() + "d";
    return years < 8 ? two(years, "y", age.toDays() % DAYS_OF_YEAR, "d") : years + "y";
  }

  private static String two(long many, String unit, long rest, String smaller) {
    return many + unit + (rest == 0 ? "" : rest + smaller);
  }
}
