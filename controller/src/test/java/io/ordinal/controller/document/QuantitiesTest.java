package io.ordinal.controller.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class QuantitiesTest {
  @Test
  void amounts_are_numbers_with_a_unit() {
    assertThat(Quantities.parse("10Ki").orElseThrow()).isEqualByComparingTo("10240");
    assertThat(Quantities.parse("500m").orElseThrow()).isEqualByComparingTo("0.5");
    assertThat(Quantities.parse("9".repeat(64))).contains(new BigDecimal("9".repeat(64)));
  }

  @Test
  void a_text_of_endless_digits_is_none_and_costs_no_time() {
    assertThat(Quantities.parse("9".repeat(65))).isEmpty();
    assertThat(Quantities.parse("0." + "9".repeat(1_000_000) + "Ki")).isEmpty();
  }
}
