package io.ordinal.cli.drain;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as kubectl does: {@code 90s}, {@code 1m30s}, {@code 500ms}, {@code 0}. */
public final class KubectlDuration implements ITypeConverter<Duration> {
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|h|m|s)");

  @Override
  public Duration convert(String text) {
    if (text.matches("[0-9]+")) return Duration.ofSeconds(Long.parseLong(text));
    if (!text.matches("([0-9]+(ms|h|m|s))+")) {
      throw new TypeConversionException(
          "expected a duration such as 90s or 1m30s, found '" + text + "'");
    }
    Duration sum = Duration.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      long amount = Long.parseLong(parts.group(1));
      sum =
          sum.plus(
              switch (parts.group(2)) {
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMillis(amount);
              });
    }
    return sum;
  }
}
