package io.ordinal.controller.api.connection;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that do what takes long in handshakes, so that a crowd of newcomers does not hold up
 * those who are being served. Each connection has at most one task here. Thread safe.
 */
final class Handshakes implements Executor, AutoCloseable {
  private static final long KEPT_SECONDS = 30;

  private final AtomicLong count = new AtomicLong();
  private final ThreadPoolExecutor threads;

  /**
   * @param most at once
   */
  Handshakes(int most) {
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "ordinal-handshakes-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** What waits is not begun any more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
