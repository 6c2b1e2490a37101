package io.ordinal.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.state.DirectoryState;
import io.ordinal.agent.state.wire.ProtobufStateCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of work that is under way when an agent stops, and of its directory. */
class AgentThreadsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(10);
  private final AgentThreads threads = AgentThreads.begin(1);
  private final CountDownLatch begun = new CountDownLatch(1);

  @TempDir Path directory;

  @Test
  void what_writes_to_this_machine_finishes_before_its_directory_is_let_go() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    DirectoryState state = open();
    CompletableFuture<Boolean> written =
        CompletableFuture.supplyAsync(() -> finishes(slow), threads.blocking());
    begun.await();
    threads.stop();
    assertThat(LastWork.thenRelease(threads::awaitEnd, state::close, SHORT)).isFalse();
    assertThatThrownBy(this::open).hasStackTraceContaining("held by another agent");
    slow.countDown();
    await().untilAsserted(() -> open().close());
    assertThat(written).isCompletedWithValue(true);
  }

  @Test
  void what_waits_for_storage_is_interrupted_and_undoes_what_it_began() throws Exception {
    CompletableFuture<Boolean> undone =
        CompletableFuture.supplyAsync(() -> !finishes(new CountDownLatch(1)), threads.waiting());
    begun.await();
    threads.stop();
    assertThat(LastWork.thenRelease(threads::awaitEnd, open()::close, LONG)).isTrue();
    assertThat(undone).isCompletedWithValue(true);
    open().close();
  }

  @Test
  void storage_that_is_away_is_not_waited_for_but_keeps_the_directory() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    threads
        .waiting()
        .execute(
            () -> {
              while (never.getCount() > 0) finishes(never);
            });
    begun.await();
    threads.stop();
    assertThat(LastWork.thenRelease(threads::awaitEnd, open()::close, SHORT)).isFalse();
    assertThatThrownBy(this::open).hasStackTraceContaining("held by another agent");
    never.countDown();
    await().untilAsserted(() -> open().close());
  }

  @Test
  void an_interruption_of_who_ends_them_is_kept_for_later() {
    Thread.currentThread().interrupt();
    threads.stop();
    boolean released = LastWork.thenRelease(threads::awaitEnd, () -> {}, LONG);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(released).isTrue();
    assertThat(threads.blocking().isTerminated()).isTrue();
  }

  @Test
  void a_directory_that_cannot_be_let_go_is_told() {
    LastWork.Step fails =
        () -> {
          throw new IOException("bad disk");
        };
    assertThatThrownBy(() -> LastWork.thenRelease(() -> {}, fails, LONG))
        .hasRootCauseMessage("bad disk");
  }

  private DirectoryState open() {
    return DirectoryState.open(
        directory, Optional.empty(), new ProtobufStateCodec(), 1, UUID::randomUUID);
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
