package io.ordinal.controller.api.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.SampleDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final ObjectKey ONE = SampleDocuments.pod("a", "one");
  private static final ObjectKey OTHER = SampleDocuments.pod("a", "other");
  private final Turns turns = new Turns(Duration.ofMinutes(1));
  private final List<String> begun = new ArrayList<>();

  @Test
  void those_of_one_object_go_one_after_another_as_they_came() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    turns.take(ONE, () -> work("first", first));
    turns.take(ONE, () -> work("second", second));
    turns.take(ONE, () -> work("third", new CompletableFuture<>()));
    turns.take(OTHER, () -> work("other", new CompletableFuture<>()));
    assertThat(begun).containsExactly("first", "other");
    first.complete(null);
    assertThat(begun).containsExactly("first", "other", "second");
    second.complete(null);
    assertThat(begun).endsWith("third");
  }

  @Test
  void one_that_is_refused_or_fails_holds_up_nobody_and_nothing_is_left() {
    turns.take(
        ONE,
        () -> {
          throw new IllegalArgumentException("refused");
        });
    turns.take(ONE, () -> CompletableFuture.failedStage(new IllegalStateException("failed")));
    turns.take(ONE, () -> work("next", CompletableFuture.completedFuture(null)));
    assertThat(begun).containsExactly("next");
    assertThat(turns.size()).isZero();
  }

  @Test
  void who_has_waited_for_too_long_goes_ahead() {
    Turns hasty = new Turns(Duration.ofMillis(20));
    hasty.take(ONE, CompletableFuture::new);
    assertThat(
            hasty.take(ONE, () -> CompletableFuture.completedStage("ahead")).toCompletableFuture())
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo("ahead");
  }

  private CompletionStage<Void> work(String name, CompletableFuture<Void> end) {
    begun.add(name);
    return end;
  }
}
