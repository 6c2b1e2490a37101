package io.ordinal.controller.store.raft;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The store's own threads.
 *
 * @param readers run queries, and what is done at once with what they find
 * @param clients run those of clients, who are many: nobody else waits behind them
 * @param answers run what writers do with their outcomes
 * @param signals run listeners
 * @param chores run purges, snapshots and measurements
 * @param lines keep the ways to the other members open
 */
record StoreThreads(
    ExecutorService readers,
    ExecutorService clients,
    ExecutorService answers,
    ExecutorService signals,
    ScheduledExecutorService chores,
    ScheduledExecutorService lines) {

  /** One waits for votes, one for connections. */
  private static final int LINES = 2;

  static StoreThreads start(StoreSettings.Reads reads) {
    return new StoreThreads(
        readers(reads, "reader"),
        readers(reads, "client-reader"),
        Executors.newSingleThreadExecutor(named("answers")),
        Executors.newSingleThreadExecutor(named("signals")),
        Executors.newSingleThreadScheduledExecutor(named("chores")),
        Executors.newScheduledThreadPool(LINES, named("lines")));
  }

  private static ExecutorService readers(StoreSettings.Reads reads, String name) {
    return new ThreadPoolExecutor(
        reads.threads(),
        reads.threads(),
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(reads.waiting()),
        named(name));
  }

  private static ThreadFactory named(String part) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "ordinal-store-" + part + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  void stopChores() {
    chores.shutdownNow();
    lines.shutdownNow();
  }

  /** Runs what was accepted, accepts no more. */
  void shutdown() {
    stopChores();
    readers.shutdown();
    clients.shutdown();
    answers.shutdown();
    signals.shutdown();
  }
}
