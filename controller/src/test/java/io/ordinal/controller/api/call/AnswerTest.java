package io.ordinal.controller.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void a_few_warnings_are_told_each() {
    assertThat(warnings(List.of("one", "\"two\"")))
        .containsExactly("299 - \"one\"", "299 - \"\\\"two\\\"\"");
  }

  @Test
  void of_thousands_those_are_told_that_fit_into_a_head() {
    List<String> told =
        warnings(IntStream.range(0, 100_000).mapToObj(i -> "x".repeat(200) + i).toList());
    assertThat(told).hasSize(21);
    assertThat(told.get(20)).isEqualTo("299 - \"99980 more warnings\"");
  }

  @Test
  void of_short_ones_no_more_are_told_than_clients_take_and_equal_ones_once() {
    List<String> told = warnings(IntStream.range(0, 200).mapToObj(i -> "w" + i / 2).toList());
    assertThat(told).hasSize(51).doesNotHaveDuplicates();
    assertThat(told.get(50)).isEqualTo("299 - \"50 more warnings\"");
  }

  @Test
  void of_long_ones_the_beginnings_are_told_and_no_quoted_character_is_cut() {
    String quotes = "x" + "\"".repeat(3000);
    assertThat(warnings(List.of(quotes, "other")))
        .containsExactly("299 - \"x" + "\\\"".repeat(127) + "\"", "299 - \"other\"");
  }

  private static List<String> warnings(List<String> warnings) {
    HttpResponse answer = Answer.warned(HttpResponse.create(), warnings);
    return StreamSupport.stream(answer.getHeaders().spliterator(), false)
        .map(HttpHeader::value)
        .toList();
  }
}
