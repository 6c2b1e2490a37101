package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$(A), one",
    "x$(A)y$(B)z, xoneytwoz",
    "$$(A), $(A)",
    "$$$(A), $one",
    "$$, $",
    "$(UNKNOWN), $(UNKNOWN)",
    "$(A, $(A",
    "cost 5$, cost 5$",
    "$A, $A",
    "$(C), $(A)"
  })
  void expands_as_kubernetes_does(String text, String expected) {
    Map<String, String> values = Map.of("A", "one", "B", "two", "C", "$(A)");
    assertThat(Expansion.expand(text, values)).isEqualTo(expected);
  }
}
