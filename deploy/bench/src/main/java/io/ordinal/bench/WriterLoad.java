package io.ordinal.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Writers that each write again as soon as their last write is acknowledged. */
final class WriterLoad {
  /** What a load measured. */
  record Figures(int writers, double perSecond, double medianMs, double p99Ms) {}

  private final BenchmarkedStore store;
  private final int writers;
  private final byte[] value = new byte[1024];
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  WriterLoad(BenchmarkedStore store, int writers, Random random) {
    this.store = store;
    this.writers = writers;
    for (int i = 0; i < value.length; i++) value[i] = (byte) ('a' + random.nextInt(26));
  }

  Figures run(Duration warmUp, Duration measured) throws InterruptedException {
    long begin = System.nanoTime() + warmUp.toNanos();
    long end = begin + measured.toNanos();
    CountDownLatch done = new CountDownLatch(writers);
    Writer[] all = new Writer[writers];
    for (int i = 0; i < writers; i++) all[i] = new Writer(i, begin, end, done);
    for (Writer writer : all) writer.start();
    boolean ended = done.await(warmUp.plus(measured).toSeconds() + 30, TimeUnit.SECONDS);
    if (!ended || failure.get() != null)
      throw new IllegalStateException(store.title() + " failed under load", failure.get());
    long[] latencies =
        Arrays.stream(all).flatMapToLong(w -> Arrays.stream(w.latencies, 0, w.count)).toArray();
    Arrays.sort(latencies);
    return new Figures(
        writers,
        latencies.length / (measured.toNanos() / 1e9),
        latencies[latencies.length / 2] / 1e6,
        latencies[(int) (latencies.length * 0.99)] / 1e6);
  }

  /**
   * One writer. As a controller does, it holds no thread while it waits: the answer to one write
   * sends the next.
   */
  private final class Writer {
    private final int index;
    private final long begin;
    private final long end;
    private final CountDownLatch done;
    private long[] latencies = new long[1 << 14];
    private int count;
    private long sent;

    Writer(int index, long begin, long end, CountDownLatch done) {
      this.index = index;
      this.begin = begin;
      this.end = end;
      this.done = done;
    }

    void start() {
      write();
    }

    private void write() {
      sent = System.nanoTime();
      store.put(index, numbers.incrementAndGet(), value).whenComplete(this::answered);
    }

    private void answered(Object answer, Throwable problem) {
      long now = System.nanoTime();
      if (problem != null) failure.set(problem);
      else if (sent >= begin && now < end) note(now - sent);
      if (now < end && problem == null) write();
      else done.countDown();
    }

    private void note(long nanos) {
      if (count == latencies.length) latencies = Arrays.copyOf(latencies, count * 2);
      latencies[count++] = nanos;
    }
  }
}
