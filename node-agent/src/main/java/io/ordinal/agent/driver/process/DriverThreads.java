package io.ordinal.agent.driver.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the driver blocks, so that its callers do not. */
final class DriverThreads implements AutoCloseable {
  private final ExecutorService starts;
  private final ExecutorService work = Executors.newCachedThreadPool(named("ordinal-driver-work"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(named("ordinal-driver-clock"));

  /**
   * @param startsAtOnce more only compete for the same processors
   */
  DriverThreads(int startsAtOnce) {
    this.starts = Executors.newFixedThreadPool(startsAtOnce, named("ordinal-driver-start"));
  }

  <T> CompletableFuture<T> start(Callable<T> callable) {
    return on(starts, callable);
  }

  <T> CompletableFuture<T> run(Callable<T> callable) {
    return on(work, callable);
  }

  void repeat(Runnable runnable, Duration pause) {
    clock.scheduleWithFixedDelay(
        runnable, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What a stage failed with, without the wrapping of stages. */
  static Throwable cause(Throwable failure) {
    boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
    return wrapped ? failure.getCause() : failure;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    starts.shutdownNow();
    work.shutdownNow();
  }

  /** Once nothing runs any more that was under way when they were closed. */
  void awaitEnd() throws InterruptedException {
    for (ExecutorService each : new ExecutorService[] {clock, starts, work}) {
      while (!each.awaitTermination(1, TimeUnit.DAYS)) {
        // It is for the caller to give up.
      }
    }
  }

  private static <T> CompletableFuture<T> on(ExecutorService executor, Callable<T> callable) {
    CompletableFuture<T> future = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            future.complete(callable.call());
          } catch (Throwable failure) {
            future.completeExceptionally(failure);
          }
        });
    return future;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return runnable -> {
      Thread thread = new Thread(runnable, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
