package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class KeptSignalTest {
  private static final long LONG_MS = TimeUnit.MINUTES.toMillis(1);

  private volatile boolean work;
  private volatile boolean news;
  private final KeptSignal signal = new KeptSignal("test", () -> work, () -> news, LONG_MS / 2);

  /** Whether it was woken, once it waits no longer. */
  private CompletableFuture<Boolean> waiting(long ms) {
    CompletableFuture<Boolean> woken = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                woken.complete(signal.await(ms, TimeUnit.MILLISECONDS));
              } catch (InterruptedException e) {
                woken.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    Awaitility.await().until(signal::isAwaited);
    return woken;
  }

  @Test
  void a_signal_without_work_does_not_wake() {
    CompletableFuture<Boolean> woken = waiting(LONG_MS);
    signal.signal();
    assertThat(signal.isAwaited()).isTrue();
    work = true;
    signal.signal();
    assertThat(woken.orTimeout(LONG_MS, TimeUnit.MILLISECONDS).join()).isTrue();
  }

  @Test
  void news_wakes_from_a_long_wait() {
    CompletableFuture<Boolean> woken = waiting(LONG_MS);
    news = true;
    signal.signal();
    assertThat(woken.orTimeout(LONG_MS, TimeUnit.MILLISECONDS).join()).isTrue();
  }

  @Test
  void news_waits_for_the_end_of_a_short_wait_and_work_does_not() {
    CompletableFuture<Boolean> woken = waiting(LONG_MS / 2);
    news = true;
    signal.signal();
    assertThat(signal.isAwaited()).isTrue();
    work = true;
    signal.signal();
    assertThat(woken.orTimeout(LONG_MS, TimeUnit.MILLISECONDS).join()).isTrue();
  }

  @Test
  void a_signal_that_nobody_waits_for_ends_the_next_wait() throws InterruptedException {
    signal.signal();
    assertThat(signal.await(LONG_MS, TimeUnit.MILLISECONDS)).isTrue();
    assertThat(signal.await(1, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void one_that_cannot_tell_whether_there_is_work_wakes() throws Exception {
    KeptSignal closed =
        new KeptSignal(
            "closed",
            () -> {
              throw new IllegalStateException("the log is closed");
            },
            () -> false,
            LONG_MS);
    closed.signal();
    assertThat(closed.await(LONG_MS, TimeUnit.MILLISECONDS)).isTrue();
  }
}
