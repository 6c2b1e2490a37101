package io.ordinal.controller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPoolTest {
  @Test
  void leaves_out_the_first_and_the_last_address() {
    AddressPool pool = AddressPool.parse("10.20.30.77/29").orElseThrow();
    assertThat(pool.count()).isEqualTo(6);
    assertThat(pool.at(0)).isEqualTo("10.20.30.73");
    assertThat(pool.at(5)).isEqualTo("10.20.30.78");
    assertThat(pool.contains("10.20.30.72")).isFalse();
    assertThat(pool.contains("10.20.30.73")).isTrue();
    assertThat(pool.contains("10.20.30.79")).isFalse();
  }

  @Test
  void no_text_is_no_pool() {
    assertThat(AddressPool.parse("  ")).isEmpty();
  }

  @Test
  void has_no_address_beyond_its_count() {
    AddressPool pool = AddressPool.parse("10.0.0.0/30").orElseThrow();
    assertThatThrownBy(() -> pool.at(2)).hasMessageContaining("below 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0/16", "10.0.0.0/31", "10.0.0.0/x", "10.0.0.300/24"})
  void says_what_it_expected_instead_of_an_unreadable_range(String text) {
    assertThatThrownBy(() -> AddressPool.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ordinal.network.pods")
        .hasMessageContaining(text);
  }
}
