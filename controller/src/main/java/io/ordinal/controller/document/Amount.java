package io.ordinal.controller.document;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * An amount that is counted with.
 *
 * @param binary whether it was written in powers of 1024
 */
record Amount(BigDecimal value, boolean binary) {
  /** Nothing, if it is no quantity. */
  static Amount of(JsonNode quantity) {
    BigDecimal value = Quantities.parse(quantity).orElse(BigDecimal.ZERO);
    return new Amount(value, quantity.asString("").endsWith("i"));
  }

  Amount plus(Amount other) {
    return new Amount(value.add(other.value), binary || other.binary);
  }

  Amount max(Amount other) {
    return value.compareTo(other.value) >= 0 ? this : other;
  }

  @Override
  public String toString() {
    return Quantities.print(value, binary);
  }
}
