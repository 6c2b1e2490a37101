package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.SampleDocuments.draft;
import static io.ordinal.controller.store.SampleDocuments.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaftObjectStoreReadsTest {
  private static final ObjectKey X = pod("a", "x");
  private static final int WRITES = 150;

  @TempDir Path directory;

  private static long number(View view) {
    return view.get(X).map(StoredObject::generation).orElse(0L);
  }

  /** Readers come in while a writer counts: none may see less than was acknowledged before. */
  @Test
  void a_linearizable_read_sees_what_was_acknowledged_before_it_began() {
    try (RaftObjectStore store = RaftObjectStore.start(TestSettings.with(""), directory)) {
      AtomicLong acknowledged = new AtomicLong();
      CompletableFuture<Void> writer = CompletableFuture.completedFuture(null);
      for (long i = 1; i <= WRITES; i++) {
        long number = i;
        Operation put = new Operation.Put(X, draft("u", number, "v"), Condition.ANY);
        writer =
            writer
                .thenCompose(done -> store.commit(Transaction.of(put)))
                .thenAccept(outcome -> acknowledged.set(number));
      }
      int reads = 0;
      for (; !writer.isDone() || reads < 10; reads++) {
        long before = acknowledged.get();
        List<CompletableFuture<Long>> together = new ArrayList<>();
        for (int i = 0; i < 5; i++)
          together.add(
              store.read(Freshness.LINEARIZABLE, view -> number(view)).toCompletableFuture());
        for (CompletableFuture<Long> read : together)
          assertThat(read.join()).isGreaterThanOrEqualTo(before);
      }
      writer.join();
      assertThat(acknowledged).hasValue(WRITES);
    }
  }

  @Test
  void what_is_kept_stays_as_it_was_until_it_is_closed() {
    try (RaftObjectStore store = RaftObjectStore.start(TestSettings.with(""), directory)) {
      KeptView first = kept(store, 1);
      KeptView second = kept(store, 2);
      KeptView third = kept(store.forClients(), 3);
      store
          .commit(Transaction.of(new Operation.Delete(X, Condition.ANY)))
          .toCompletableFuture()
          .join();
      for (int i = 0; i < 3; i++) {
        KeptView kept = List.of(first, second, third).get(i);
        assertThat(number(kept)).isEqualTo(i + 1);
        kept.close();
        kept.close();
        assertThatThrownBy(() -> number(kept)).hasCauseInstanceOf(StoreUnavailable.class);
      }
      await().until(() -> store.state().kept() == 0);
    }
  }

  private static KeptView kept(ObjectStore store, long number) {
    Operation put = new Operation.Put(X, draft("u", number, "v"), Condition.ANY);
    store.commit(Transaction.of(put)).toCompletableFuture().join();
    return store.keep().toCompletableFuture().join();
  }

  private static long number(KeptView kept) {
    return kept.read(view -> number(view)).toCompletableFuture().join();
  }

  @Test
  void more_reads_than_may_wait_are_refused() {
    String few = "reads { threads = 1, waiting = 1 }";
    try (RaftObjectStore store = RaftObjectStore.start(TestSettings.with(few), directory)) {
      CountDownLatch release = new CountDownLatch(1);
      List<CompletableFuture<Long>> reads = new ArrayList<>();
      for (int i = 0; i < 3; i++)
        reads.add(
            store.read(Freshness.LOCAL, view -> awaited(release, view)).toCompletableFuture());
      assertThat(reads.get(2))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withCauseInstanceOf(StoreOverloaded.class);
      release.countDown();
      assertThat(reads.get(0).join()).isZero();
      assertThat(reads.get(1).join()).isZero();
    }
  }

  @Test
  void reads_of_clients_hold_up_no_others() {
    String few = "reads { threads = 1, waiting = 1 }";
    try (RaftObjectStore store = RaftObjectStore.start(TestSettings.with(few), directory)) {
      CountDownLatch release = new CountDownLatch(1);
      CompletableFuture<Long> clients =
          store
              .forClients()
              .read(Freshness.LOCAL, view -> awaited(release, view))
              .toCompletableFuture();
      assertThat(store.read(Freshness.LINEARIZABLE, view -> number(view)).toCompletableFuture())
          .succeedsWithin(Duration.ofSeconds(10))
          .isEqualTo(0L);
      assertThat(clients).isNotDone();
      release.countDown();
      assertThat(clients).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  private static long awaited(CountDownLatch release, View view) {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return number(view);
  }

  @Test
  void without_fsync_writes_are_still_kept_over_a_restart() {
    String fast = "fsync = off";
    try (RaftObjectStore store = RaftObjectStore.start(TestSettings.with(fast), directory)) {
      Operation put = new Operation.Put(X, draft("u", 7, "v"), Condition.ANY);
      store.commit(Transaction.of(put)).toCompletableFuture().join();
    }
    try (RaftObjectStore store = RaftObjectStore.start(TestSettings.with(fast), directory)) {
      long found =
          store.read(Freshness.LINEARIZABLE, view -> number(view)).toCompletableFuture().join();
      assertThat(found).isEqualTo(7);
    }
  }
}
