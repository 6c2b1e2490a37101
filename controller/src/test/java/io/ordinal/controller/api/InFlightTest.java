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
    two.run("ann", () -> first);
    two.run("ann", CompletableFuture::new);
    assertThatThrownBy(() -> two.run("ann", CompletableFuture::new))
        .hasMessage("too many requests, please try again later");
    first.complete("done");
    assertThat(two.run("ann", () -> CompletableFuture.completedStage("in")).toCompletableFuture())
        .isCompletedWithValue("in");
  }

  @Test
  void a_refused_request_leaves_no_trace() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  two.run(
                      "ann",
                      () -> {
                        throw Refusal.badRequest("bad");
                      }))
          .hasMessage("bad");
    }
    two.run("ann", () -> CompletableFuture.failedStage(new IllegalStateException("fails later")));
    assertThat(two.run("ann", () -> CompletableFuture.completedStage("in")).toCompletableFuture())
        .isCompletedWithValue("in");
  }

  @Test
  void one_user_leaves_a_quarter_to_the_others() {
    InFlight eight = new InFlight(8);
    for (int i = 0; i < 6; i++) eight.run("storm", CompletableFuture::new);
    assertThatThrownBy(() -> eight.run("storm", CompletableFuture::new))
        .hasMessage("too many requests, please try again later");
    CompletableFuture<String> answer = new CompletableFuture<>();
    eight.run("ann", () -> answer);
    eight.run("bob", CompletableFuture::new);
    assertThatThrownBy(() -> eight.run("ann", CompletableFuture::new))
        .hasMessage("too many requests, please try again later");
    answer.complete("done");
    assertThat(eight.run("ann", () -> CompletableFuture.completedStage("in")).toCompletableFuture())
        .isCompletedWithValue("in");
  }
}
