package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BoundedWaitsTest {
  private static final Duration SHORT = Duration.ofMillis(30);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final BoundedWaits waits = new BoundedWaits(System::nanoTime);

  @Test
  void a_wait_ends_when_its_time_is_over_and_leaves_its_stage_alone() {
    CompletableFuture<String> never = new CompletableFuture<>();
    CompletableFuture<String> bounded = waits.bounded(never, SHORT);
    assertThatThrownBy(() -> bounded.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(never).isNotDone();
  }

  @Test
  void a_wait_that_begins_while_others_go_on_ends_as_well() {
    CompletableFuture<String> first = waits.bounded(new CompletableFuture<>(), LONG);
    CompletableFuture<String> second = waits.bounded(new CompletableFuture<>(), SHORT);
    assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(first).isNotDone();
  }

  @Test
  void an_answer_or_a_failure_in_time_is_passed_on() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> bounded = waits.bounded(stage, LONG);
    stage.complete("here");
    assertThat(bounded.get(10, TimeUnit.SECONDS)).isEqualTo("here");
    CompletableFuture<String> failed =
        waits.bounded(CompletableFuture.failedFuture(new IllegalStateException("no")), LONG);
    assertThatThrownBy(failed::get).hasCauseInstanceOf(IllegalStateException.class);
  }
}
