package io.ordinal.controller.volume;

import java.math.BigDecimal;
import java.util.Map;

/** Reads Kubernetes quantities such as 10Gi. */
final class Quantity {
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("k", BigDecimal.valueOf(1_000L)),
          Map.entry("M", BigDecimal.valueOf(1_000_000L)),
          Map.entry("G", BigDecimal.valueOf(1_000_000_000L)),
          Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
          Map.entry("P", BigDecimal.valueOf(1_000_000_000_000_000L)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

  private Quantity() {}

  /** Zero for what is no quantity: validation is not done here. */
  static BigDecimal value(String text) {
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) end--;
    BigDecimal unit = UNITS.get(text.substring(end));
    try {
      return unit == null ? BigDecimal.ZERO : new BigDecimal(text.substring(0, end)).multiply(unit);
    } catch (NumberFormatException notANumber) {
      return BigDecimal.ZERO;
    }
  }
}
