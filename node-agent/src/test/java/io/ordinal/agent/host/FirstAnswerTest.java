package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  private static final Duration SHORT = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofHours(1);
  private final AtomicInteger asked = new AtomicInteger();

  private Supplier<CompletionStage<String>> answering(String text) {
    return counted(CompletableFuture.completedFuture(text));
  }

  private Supplier<CompletionStage<String>> failing(String text) {
    return counted(CompletableFuture.failedFuture(new IllegalStateException(text)));
  }

  private Supplier<CompletionStage<String>> counted(CompletableFuture<String> answer) {
    return () -> {
      asked.incrementAndGet();
      return answer;
    };
  }

  private static CompletableFuture<String> of(
      Duration headStart, List<Supplier<CompletionStage<String>>> asked) {
    return FirstAnswer.of(asked, headStart).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
  }

  @Test
  void one_that_is_silent_does_not_keep_the_others_waiting() {
    var silent = counted(new CompletableFuture<>());
    assertThat(of(SHORT, List.of(silent, silent, answering("third"))).join()).isEqualTo("third");
  }

  @Test
  void the_others_are_left_alone_when_the_first_one_answers() {
    assertThat(of(LONG, List.of(answering("first"), answering("second"))).join())
        .isEqualTo("first");
    assertThat(asked).hasValue(1);
  }

  @Test
  void it_fails_only_when_all_have_failed() {
    assertThat(of(SHORT, List.of(failing("dead"), answering("second"))).join()).isEqualTo("second");
    assertThat(of(SHORT, List.of(failing("dead"), failing("dead too"))))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withMessageContaining("dead too");
  }
}
