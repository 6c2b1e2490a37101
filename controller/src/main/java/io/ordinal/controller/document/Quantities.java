package io.ordinal.controller.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Amounts such as 10Gi, 500m, 0.5 or 1e3. */
public final class Quantities {
  /** What Kubernetes says of a text that is none. */
  public static final String EXPECTED =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  /** More are meant to harm: the time that a number takes grows with the square of its digits. */
  private static final int MOST_CHARS = 64;

  private static final Pattern SYNTAX =
      Pattern.compile(
          "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))"
              + "(?:(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)|[eE]([+-]?[0-9]{1,3}))?");

  private static final Map<String, BigDecimal> SCALES =
      Map.ofEntries(
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("k", BigDecimal.ONE.movePointRight(3)),
          Map.entry("M", BigDecimal.ONE.movePointRight(6)),
          Map.entry("G", BigDecimal.ONE.movePointRight(9)),
          Map.entry("T", BigDecimal.ONE.movePointRight(12)),
          Map.entry("P", BigDecimal.ONE.movePointRight(15)),
          Map.entry("E", BigDecimal.ONE.movePointRight(18)),
          Map.entry("Ki", binary(10)),
          Map.entry("Mi", binary(20)),
          Map.entry("Gi", binary(30)),
          Map.entry("Ti", binary(40)),
          Map.entry("Pi", binary(50)),
          Map.entry("Ei", binary(60)));

  private Quantities() {}

  /** Empty when it is no quantity. */
  public static Optional<BigDecimal> parse(String text) {
    if (text.length() > MOST_CHARS) return Optional.empty();
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) return Optional.empty();
    BigDecimal number = new BigDecimal(matcher.group(1));
    if (matcher.group(2) != null) number = number.multiply(SCALES.get(matcher.group(2)));
    if (matcher.group(3) != null) {
      number = number.scaleByPowerOfTen(Integer.parseInt(matcher.group(3).replace("+", "")));
    }
    return Optional.of(number);
  }

  /** As {@link #parse(String)}; numbers count, too. */
  public static Optional<BigDecimal> parse(JsonNode node) {
    if (node.isNumber()) return Optional.of(node.decimalValue());
    return node.isString() ? parse(node.asString()) : Optional.empty();
  }

  /** What is no quantity counts as nothing. */
  public static int compare(JsonNode one, JsonNode other) {
    return parse(one).orElse(BigDecimal.ZERO).compareTo(parse(other).orElse(BigDecimal.ZERO));
  }

  /**
   * As Go prints an amount: with the largest unit that leaves no fraction.
   *
   * @param binary whether units are powers of 1024, as where one of its parts was written so
   */
  public static String print(BigDecimal amount, boolean binary) {
    if (amount.signum() == 0) return "0";
    List<String> units =
        binary
            ? List.of("Ei", "Pi", "Ti", "Gi", "Mi", "Ki")
            : List.of("E", "P", "T", "G", "M", "k", "", "m", "u");
    for (String unit : units) {
      BigDecimal[] parts = amount.divideAndRemainder(SCALES.getOrDefault(unit, BigDecimal.ONE));
      if (parts[1].signum() == 0) return parts[0].toBigInteger() + unit;
    }
    if (binary) return print(amount, false);
    return amount.movePointRight(9).toBigInteger() + "n";
  }

  private static BigDecimal binary(int power) {
    return new BigDecimal(BigInteger.TWO.pow(power));
  }
}
