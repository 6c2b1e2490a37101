package io.ordinal.controller.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({"500ms, 500", "30s, 30000", "1m30s, 90000", "1.5h, 5400000", "0s, 0"})
  void reads_what_api_objects_write(String text, long millis) {
    assertThat(TimeSpan.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1s ", "1d", "1s5", "99999999999s"})
  void refuses_anything_else(String text) {
    assertThatThrownBy(() -> TimeSpan.parse(text)).hasMessageContaining("such as 500ms");
  }
}
