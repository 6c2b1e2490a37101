package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member whose thread for snapshots and purges hangs, as over a disk that does not answer. */
final class HungChoresTest {
  @TempDir Path place;

  @Test
  void calls_end_in_time_though_the_chores_hang() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    CompletableFuture<String> hangs = new CompletableFuture<>();
    try (StoreMembers members = StoreMembers.of(place, 3, "timing.commit = 2s")) {
      RaftObjectStore leader = members.leader();
      RaftObjectStore follower = members.follower();
      RaftObjectStore other =
          members.all().stream()
              .filter(each -> each != leader && each != follower)
              .findFirst()
              .orElseThrow();
      // What follows a change of the members is done by the thread that does the chores.
      CompletableFuture<Void> removed = new CompletableFuture<>();
      leader
          .group()
          .remove(other.group().self())
          .whenComplete(
              (done, failure) -> {
                removed.complete(null);
                hangs.complete(Thread.currentThread().getName());
                awaitUninterruptibly(disk);
              });
      removed.get(60, TimeUnit.SECONDS);
      assertThat(hangs.join()).contains("chores");
      members.stop(members.numberOf(follower));
      CompletableFuture<?> write = leader.commit(Transaction.of()).toCompletableFuture();
      assertThatThrownBy(() -> write.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StoreUnavailable.class);
      disk.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
