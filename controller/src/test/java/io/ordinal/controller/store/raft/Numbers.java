package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Writers that count while a group is in trouble, and what must hold of their numbers afterwards:
 * each acknowledged one is there, and none took effect twice, acknowledged or not.
 */
final class Numbers implements AutoCloseable {
  private static final ResourceName PODS = new ResourceName("pods");

  private final Supplier<ObjectStore> anyStore;
  private final List<Thread> writers = new ArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final List<AtomicLong> acknowledged = new ArrayList<>();
  private final AtomicLong lastAcknowledgement = new AtomicLong(System.nanoTime());
  private final AtomicLong longestSilence = new AtomicLong();

  /**
   * @param anyStore chooses through which member the next number is written
   */
  Numbers(int count, Supplier<ObjectStore> anyStore) {
    this.anyStore = anyStore;
    for (int i = 0; i < count; i++) {
      int writer = i;
      acknowledged.add(new AtomicLong());
      writers.add(new Thread(() -> write(writer), "writer-" + i));
    }
    writers.forEach(Thread::start);
  }

  private void write(int writer) {
    for (long number = 1; !ended.get(); number++) {
      try {
        Outcome outcome =
            anyStore
                .get()
                .commit(next(writer, number))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        acknowledged.get(writer).set(number);
        heard();
      } catch (Exception e) {
        // Unknown whether it took effect; the next number tells it apart.
        Thread.onSpinWait();
      }
    }
  }

  private synchronized void heard() {
    long now = System.nanoTime();
    longestSilence.accumulateAndGet(now - lastAcknowledgement.getAndSet(now), Math::max);
  }

  /** The document carries the number; the record counts how often numbers took effect. */
  private static Transaction next(int writer, long number) {
    return Transaction.of(
        new Operation.Put(
            pod(writer), SampleDocuments.draft("u", number, "v".repeat(300)), Condition.ANY),
        new Operation.PutRecord(
            new RecordKey("numbers", Integer.toString(writer)),
            ByteBuffer.allocate(Long.BYTES).putLong(number).array(),
            RecordCondition.ANY));
  }

  private static ObjectKey pod(int writer) {
    return SampleDocuments.pod("a", "w" + writer);
  }

  long acknowledged() {
    return acknowledged.stream().mapToLong(AtomicLong::get).sum();
  }

  /** The longest time without an acknowledgement since the last call. */
  long longestSilenceMs() {
    heard();
    return longestSilence.getAndSet(0) / 1_000_000;
  }

  @Override
  public void close() throws InterruptedException {
    ended.set(true);
    for (Thread writer : writers) writer.join();
  }

  /**
   * Nothing acknowledged is missing here, and nothing was applied twice. To be called at the end.
   */
  void assertKept(ObjectStore store) throws Exception {
    store
        .read(Freshness.LINEARIZABLE, this::checked)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private Void checked(View view) {
    for (int i = 0; i < acknowledged.size(); i++) {
      long there = view.get(pod(i)).orElseThrow().generation();
      assertThat(there).as("writer %d", i).isGreaterThanOrEqualTo(acknowledged.get(i).get());
      RecordKey record = new RecordKey("numbers", Integer.toString(i));
      assertThat(view.recordVersion(record)).as("times of writer %d", i).isLessThanOrEqualTo(there);
    }
    return null;
  }

  /** Follows the feed of one member, as a watch does, until it has seen everything. */
  static List<Long> follow(ObjectStore store, Revision end) throws Exception {
    List<Long> seen = new ArrayList<>();
    Revision last = Revision.ZERO;
    while (last.value() < end.value()) {
      Revision after = last;
      List<Long> page =
          store
              .read(Freshness.LOCAL, view -> page(view, after))
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      seen.addAll(page);
      if (!page.isEmpty()) last = new Revision(page.get(page.size() - 1));
    }
    return seen;
  }

  private static List<Long> page(View view, Revision after) {
    try {
      return view.changes(PODS, "", after, 500).stream().map(c -> c.revision().value()).toList();
    } catch (Compacted e) {
      throw new IllegalStateException(e);
    }
  }
}
