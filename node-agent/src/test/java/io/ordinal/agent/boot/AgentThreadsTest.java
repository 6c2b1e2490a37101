package io.ordinal.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of work that is under way when an agent stops. */
class AgentThreadsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final AgentThreads threads = AgentThreads.begin(1);
  private final CountDownLatch begun = new CountDownLatch(1);

  @Test
  void what_writes_to_this_machine_finishes_before_its_directory_is_let_go() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    CompletableFuture<Boolean> written =
        CompletableFuture.supplyAsync(() -> finishes(slow), threads.blocking());
    begun.await();
    CompletableFuture<Void> end = CompletableFuture.runAsync(() -> threads.end(LONG));
    while (!threads.blocking().isShutdown()) Thread.onSpinWait();
    assertThat(end).isNotDone();
    slow.countDown();
    end.join();
    assertThat(written).isCompletedWithValue(true);
  }

  @Test
  void what_waits_for_storage_is_interrupted_and_undoes_what_it_began() throws Exception {
    CompletableFuture<Boolean> undone =
        CompletableFuture.supplyAsync(() -> !finishes(new CountDownLatch(1)), threads.waiting());
    begun.await();
    threads.end(LONG);
    assertThat(undone).isCompletedWithValue(true);
  }

  @Test
  void storage_that_is_away_is_not_waited_for() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    threads
        .waiting()
        .execute(
            () -> {
              while (never.getCount() > 0) finishes(never);
            });
    begun.await();
    threads.end(Duration.ofMillis(10));
    assertThat(threads.waiting().isTerminated()).isFalse();
    never.countDown();
  }

  @Test
  void an_interruption_of_who_ends_them_is_kept_for_later() {
    Thread.currentThread().interrupt();
    threads.end(LONG);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(threads.blocking().isTerminated()).isTrue();
  }

  /** False when it was interrupted. */
  private boolean finishes(CountDownLatch when) {
    begun.countDown();
    try {
      when.await();
      return true;
    } catch (InterruptedException stopping) {
      return false;
    }
  }
}
