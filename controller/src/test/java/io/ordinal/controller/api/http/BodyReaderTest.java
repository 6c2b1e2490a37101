package io.ordinal.controller.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "2.5E+400", "[1, {\"b\": 1e309}]"})
  void a_number_that_no_double_holds_is_refused_in_both_languages(String number) {
    byte[] body = ("{\"a\": " + number + "}").getBytes(UTF_8);
    assertThatThrownBy(() -> BodyReader.json(body)).satisfies(BodyReaderTest::isBadNumber);
    assertThatThrownBy(() -> BodyReader.yaml(body)).satisfies(BodyReaderTest::isBadNumber);
  }

  @Test
  void large_small_and_long_numbers_are_kept() {
    String digits = "9".repeat(400);
    String json = "{\"a\":1.0E308,\"b\":1.0E-300,\"c\":" + digits + "}";
    assertThat(BodyReader.json(json.getBytes(UTF_8)).tree().toString()).isEqualTo(json);
  }

  private static void isBadNumber(Throwable thrown) {
    assertThat(thrown).isInstanceOf(StatusException.class);
    assertThat(((StatusException) thrown).status().code()).isEqualTo(400);
    assertThat(thrown).hasMessageContaining("json: cannot unmarshal number");
  }
}
