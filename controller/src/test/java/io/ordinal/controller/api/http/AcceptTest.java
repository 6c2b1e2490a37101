package io.ordinal.controller.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
  private static final String[] PIECES = {
    ";", ",", "=", "\"", " ", "q", "q=NaN", "q=0", "as", "as=Table", "application/json", "*/*", "Iz"
  };

  @ParameterizedTest
  @ValueSource(strings = {"", ";", ",", ";,Iz,*/*", ";;;q=,*/*", "application/json;", ";q=0"})
  void what_names_no_type_is_passed_over(String header) {
    assertThat(Accept.parse(header).form()).isEqualTo(Accept.Form.OBJECT);
  }

  @Test
  void whatever_is_sent_can_be_read() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder header = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        header.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertThat(Accept.parse(header.toString()).ranges()).as("%s", header).isNotEmpty();
    }
  }
}
