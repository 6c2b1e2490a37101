package io.ordinal.controller.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
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
    List<String> told = warnings(Collections.nCopies(100_000, "x".repeat(200)));
    assertThat(told).hasSize(81);
    assertThat(told.get(80)).isEqualTo("299 - \"99920 more warnings\"");
  }

  private static List<String> warnings(List<String> warnings) {
    HttpResponse answer = Answer.warned(HttpResponse.create(), warnings);
    return StreamSupport.stream(answer.getHeaders().spliterator(), false)
        .map(HttpHeader::value)
        .toList();
  }
}
