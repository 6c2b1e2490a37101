package io.ordinal.controller.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void fields_that_stand_twice_are_told_by_their_path() {
    String json = "{\"a\":{\"b\":[{},{\"c\":1,\"c\":2}]},\"d\":null,\"d\":1}";
    Document document = BodyReader.json(json.getBytes(UTF_8));
    assertThat(document.duplicates()).containsExactly("a.b[1].c", "d");
    assertThat(document.tree().toString()).isEqualTo("{\"a\":{\"b\":[{},{\"c\":2}]},\"d\":1}");
  }

  @Test
  void a_long_name_above_many_values_is_not_written_out_for_each() {
    String name = "n".repeat(40_000);
    String twice = "\"a\":1,".repeat(100_000) + "\"a\":1";
    byte[] body = ("{\"" + name + "\":{" + twice + "}}").getBytes(UTF_8);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Document document = BodyReader.json(body);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L << 20);
    assertThat(document.duplicates())
        .hasSize(100)
        .allSatisfy(
            each -> assertThat(each).startsWith("...nnn").endsWith("nnn.a").hasSizeLessThan(2_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "[]", "{}"})
  void more_values_than_anybody_has_are_refused(String value) {
    String most = (value + ",").repeat(BodyReader.MOST_VALUES - 2) + value; // And the list itself.
    assertThat(BodyReader.json(("[" + most + "]").getBytes(UTF_8)).tree())
        .hasSize(BodyReader.MOST_VALUES - 1);
    byte[] more = ("[" + most + "," + value + "]").getBytes(UTF_8);
    assertThatThrownBy(() -> BodyReader.json(more))
        .hasMessage("Request entity too large: limit is 400000 values in it");
  }

  private static void isBadNumber(Throwable thrown) {
    assertThat(thrown).isInstanceOf(StatusException.class);
    assertThat(((StatusException) thrown).status().code()).isEqualTo(400);
    assertThat(thrown).hasMessageContaining("json: cannot unmarshal number");
  }

  @ParameterizedTest
  @CsvSource({
    "\\ud800, \ufffd",
    "a\\udc00b, a\ufffdb",
    "\\ud83d\\ude00, \ud83d\ude00",
    "\\ud83d\\ud83d\\ude00, \ufffd\ud83d\ude00"
  })
  void half_a_character_is_replaced(String written, String read) {
    byte[] body = ("[\"" + written + "\"]").getBytes(UTF_8);
    assertThat(BodyReader.json(body).tree().get(0).asString()).isEqualTo(read);
    byte[] yaml = ("{\"" + written + "\": 1}").getBytes(UTF_8);
    assertThat(BodyReader.yaml(yaml).tree().propertyNames()).containsExactly(read);
  }
}
