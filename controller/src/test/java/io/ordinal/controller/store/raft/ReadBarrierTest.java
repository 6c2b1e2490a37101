package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ReadBarrierTest {
  private final List<CompletableFuture<Void>> rounds = new ArrayList<>();
  private final ReadBarrier barrier = new ReadBarrier(this::round, Runnable::run);

  private CompletableFuture<Void> round() {
    rounds.add(new CompletableFuture<>());
    return rounds.get(rounds.size() - 1);
  }

  private CompletableFuture<Void> await() {
    return barrier.await().toCompletableFuture();
  }

  @Test
  void a_read_does_not_join_a_round_that_began_before_it() {
    CompletableFuture<Void> first = await();
    CompletableFuture<Void> second = await();
    CompletableFuture<Void> third = await();
    assertThat(rounds).hasSize(1);
    rounds.get(0).complete(null);
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    assertThat(rounds).as("one more for both that waited").hasSize(2);
    rounds.get(1).complete(null);
    assertThat(second).isCompleted();
    assertThat(third).isCompleted();
    assertThat(rounds).hasSize(2);
  }

  @Test
  void a_failed_round_fails_its_reads_only() {
    CompletableFuture<Void> first = await();
    CompletableFuture<Void> second = await();
    rounds.get(0).completeExceptionally(new StoreUnavailable("planted", null));
    assertThat(first).isCompletedExceptionally();
    rounds.get(1).complete(null);
    assertThat(second).isCompleted();
    assertThat(await()).as("a new round").isNotDone();
    assertThat(rounds).hasSize(3);
  }
}
