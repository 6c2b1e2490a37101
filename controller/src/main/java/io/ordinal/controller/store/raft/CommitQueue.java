package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.rocks.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Gathers waiting transactions into entries of the log: as many as fit, with few entries in flight,
 * so that a lone writer waits for nothing and many writers share the cost of an entry. Bounded;
 * control traffic has a lane and a bound of its own.
 */
final class CommitQueue {
  /** Of an entry's room, what ordinary traffic gets at least while it waits. */
  private static final int ORDINARY_SHARE = 4;

  /**
   * No entry overtakes another by more: with those in flight they stay within what the state can
   * tell apart.
   */
  private static final int MOST_AHEAD = Origin.WINDOW / 2;

  private record Taken(long number, List<Waiting> transactions) {}

  private record Waiting(byte[] transaction, int operations, CompletableFuture<Outcome> answer) {}

  private static final class Lane {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;
  }

  private final StoreSettings.Batch batch;
  private final StoreSettings.Queue bounds;
  private final Function<byte[], CompletionStage<List<Outcome>>> log;
  private final Executor answers;
  private final Lane control = new Lane();
  private final Lane ordinary = new Lane();

  /** Numbers of the entries in flight. */
  private final NavigableSet<Long> inFlight = new TreeSet<>();

  private long number;
  // The first that waits was too large for what control traffic left: it begins the next entry.
  private boolean ordinaryPassedOver;
  private boolean closed;

  /**
   * @param log replicates an entry and tells the outcome of each of its transactions
   * @param answers runs whatever the writers do with their outcomes
   */
  CommitQueue(
      StoreSettings.Batch batch,
      StoreSettings.Queue bounds,
      Function<byte[], CompletionStage<List<Outcome>>> log,
      Executor answers) {
    this.batch = batch;
    this.bounds = bounds;
    this.log = log;
    this.answers = answers;
  }

  /** Takes an encoded transaction. Those of one lane keep their order. */
  CompletionStage<Outcome> add(byte[] transaction, int operations, boolean isControl) {
    Waiting waiting = new Waiting(transaction, operations, new CompletableFuture<>());
    synchronized (this) {
      if (closed)
        return CompletableFuture.failedFuture(new StoreUnavailable("the store is closed", null));
      Lane lane = isControl ? control : ordinary;
      boolean full =
          lane.waiting.size() >= bounds.transactions()
              || lane.bytes + transaction.length > bounds.bytes();
      if (full) {
        return CompletableFuture.failedFuture(
            new StoreOverloaded(
                lane.waiting.size() + " transactions of " + lane.bytes + " bytes wait already"));
      }
      lane.waiting.add(waiting);
      lane.bytes += transaction.length;
    }
    pump();
    return waiting.answer();
  }

  private void pump() {
    for (Taken next = take(); !next.transactions().isEmpty(); next = take()) send(next);
  }

  private synchronized Taken take() {
    List<Waiting> taken = new ArrayList<>();
    if (full() || closed) return new Taken(number, taken);
    Waiting head = ordinary.waiting.peek();
    Lane first = ordinaryPassedOver ? ordinary : control;
    Lane second = ordinaryPassedOver ? control : ordinary;
    int share = ordinaryPassedOver ? 1 : ORDINARY_SHARE - 1;
    int part = second.waiting.isEmpty() ? ORDINARY_SHARE : share;
    Room room =
        new Room(batch.bytes() / ORDINARY_SHARE * part, batch.operations() * part / ORDINARY_SHARE);
    room.fill(first, taken);
    Room rest = new Room(batch.bytes() - room.usedBytes, batch.operations() - room.usedOperations);
    rest.fill(second, taken);
    ordinaryPassedOver = head != null && ordinary.waiting.peek() == head;
    if (!taken.isEmpty()) inFlight.add(++number);
    return new Taken(number, taken);
  }

  private boolean full() {
    if (inFlight.isEmpty()) return false;
    return inFlight.size() >= batch.inFlight() || number - inFlight.first() >= MOST_AHEAD;
  }

  /** What still fits into an entry. The first transaction always does. */
  private static final class Room {
    private final int bytes;
    private final int operations;
    private int usedBytes;
    private int usedOperations;

    Room(int bytes, int operations) {
      this.bytes = bytes;
      this.operations = operations;
    }

    void fill(Lane lane, List<Waiting> taken) {
      while (!lane.waiting.isEmpty()) {
        Waiting next = lane.waiting.peek();
        boolean fits =
            usedBytes + next.transaction().length <= bytes
                && usedOperations + next.operations() <= operations;
        if (!fits && !taken.isEmpty()) return;
        taken.add(lane.waiting.poll());
        lane.bytes -= next.transaction().length;
        usedBytes += next.transaction().length;
        usedOperations += next.operations();
      }
    }
  }

  private void send(Taken taken) {
    List<Waiting> transactions = taken.transactions();
    byte[] entry = EntryCodec.batch(transactions.stream().map(Waiting::transaction).toList());
    log.apply(entry)
        .whenComplete(
            (outcomes, failure) -> {
              synchronized (this) {
                inFlight.remove(taken.number());
              }
              answer(transactions, outcomes, failure);
              pump();
            });
  }

  private void answer(List<Waiting> taken, List<Outcome> outcomes, Throwable failure) {
    Runnable telling =
        () -> {
          for (int i = 0; i < taken.size(); i++) {
            if (failure == null) taken.get(i).answer().complete(outcomes.get(i));
            else taken.get(i).answer().completeExceptionally(Failures.unwrapped(failure));
          }
        };
    if (taken.size() == 1) {
      telling.run(); // A lone writer is spared the way to another thread.
      return;
    }
    try {
      answers.execute(telling);
    } catch (RejectedExecutionException e) {
      telling.run(); // Closing: better on this thread than never.
    }
  }

  /** Fails what waits; what is in flight is answered by the log. */
  void close() {
    List<Waiting> left = new ArrayList<>();
    synchronized (this) {
      closed = true;
      left.addAll(control.waiting);
      left.addAll(ordinary.waiting);
      control.waiting.clear();
      ordinary.waiting.clear();
    }
    StoreUnavailable closing = new StoreUnavailable("the store is closed", null);
    left.forEach(each -> each.answer().completeExceptionally(closing));
  }
}
