package io.ordinal.controller.api.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class LabelSelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1 | true",
        "a==1 | true",
        "a!=1 | false",
        "z!=1 | true",
        "a | true",
        "!a | false",
        "!z | true",
        "a in (1,2) | true",
        "a in (2, 3) | false",
        "a notin (2,3) | true",
        "z notin (1) | true",
        "a=1,b=2 | true",
        "a=1, b=3 | false",
        "e= | true",
        "n>4 | true",
        "n<4 | false",
        "x.y/z=1 | true",
      })
  void selects_as_kubernetes_does(String selector, boolean selected) {
    ObjectNode metadata = Json.object();
    ObjectNode labels = metadata.putObject("labels");
    labels.put("a", "1").put("b", "2").put("e", "").put("n", "5").put("x.y/z", "1");
    assertThat(LabelSelector.parse(selector).matches(metadata)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=a | found '=', expected: identifier",
        "a in 1 | found '1', expected: '('",
        "a=b c | found 'c', expected: ',' or 'end of string'",
        "a,, | found ',', expected: identifier",
        "a in (1 | found '', expected: ',' or ')'",
      })
  void says_where_it_cannot_be_read(String selector, String fault) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .hasMessage("unable to parse requirement: " + fault);
  }

  @Test
  void nothing_selects_everything() {
    assertThat(LabelSelector.parse(" ").isEverything()).isTrue();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** A conjunction holds exactly when each of its parts does. */
  @ParameterizedTest
  @MethodSource("seeds")
  void a_list_of_requirements_is_their_conjunction(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    ObjectNode metadata = Json.object();
    ObjectNode labels = metadata.putObject("labels");
    for (int i = random.nextInt(4); i > 0; i--) {
      labels.put("k" + random.nextInt(3), "v" + random.nextInt(3));
    }
    List<String> parts = new ArrayList<>();
    boolean all = true;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String key = "k" + random.nextInt(3);
      String value = "v" + random.nextInt(3);
      String part =
          switch (random.nextInt(5)) {
            case 0 -> key + "=" + value;
            case 1 -> key + "!=" + value;
            case 2 -> key + " in (" + value + ",v0)";
            case 3 -> "!" + key;
            default -> key;
          };
      parts.add(part);
      all &= LabelSelector.parse(part).matches(metadata);
    }
    assertThat(LabelSelector.parse(String.join(",", parts)).matches(metadata))
        .as("seed %d: %s on %s", seed, parts, labels)
        .isEqualTo(all);
  }
}
