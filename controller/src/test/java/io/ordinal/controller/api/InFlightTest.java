package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.http.Refusal;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight two = new InFlight(2);

  @Test
  void the_third_is_told_to_come_back_until_one_is_done() {
    CompletableFuture<String> first = new CompletableFuture<>();
    two.run(() -> first);
    two.run(CompletableFuture::new);
    assertThatThrownBy(() -> two.run(CompletableFuture::new))
        .hasMessage("too many requests, please try again later");
    first.complete("done");
    assertThat(two.run(() -> CompletableFuture.completedStage("in")).toCompletableFuture())
        .isCompletedWithValue("in");
  }

  @Test
  void a_refused_request_leaves_no_trace() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  two.run(
                      () -> {
                        throw Refusal.badRequest("bad");
                      }))
          .hasMessage("bad");
    }
    two.run(() -> CompletableFuture.failedStage(new IllegalStateException("fails later")));
    assertThat(two.run(() -> CompletableFuture.completedStage("in")).toCompletableFuture())
        .isCompletedWithValue("in");
  }
}
