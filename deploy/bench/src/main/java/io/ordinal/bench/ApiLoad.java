package io.ordinal.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that each ask again as soon as they are answered, over a connection of their own. */
final class ApiLoad {
  /** One request of the client that has this line; the number rises over all of them. */
  interface Ask {
    HttpLine.Answer send(HttpLine line, long number) throws IOException;
  }

  /**
   * What a load measured.
   *
   * @param refused answers that were not a success
   */
  record Figures(double perSecond, double p50Ms, double p99Ms, long refused) {}

  private final List<HttpLine> lines;

  /** The lines are connected already, and stay the caller's. */
  ApiLoad(List<HttpLine> lines) {
    this.lines = lines;
  }

  Figures run(Ask ask, double seconds) throws Exception {
    AtomicLong numbers = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    ExecutorService clients = Executors.newFixedThreadPool(lines.size());
    try {
      List<Callable<long[]>> tasks =
          lines.stream()
              .<Callable<long[]>>map(line -> () -> client(line, ask, numbers, refused, end))
              .toList();
      long[] all = {};
      for (Future<long[]> each : clients.invokeAll(tasks)) all = joined(all, each.get());
      double taken = (System.nanoTime() - begin) / 1e9;
      Arrays.sort(all);
      return new Figures(
          all.length / taken, at(all, 0.5) / 1e6, at(all, 0.99) / 1e6, refused.get());
    } finally {
      clients.shutdown();
      clients.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private static long[] client(
      HttpLine line, Ask ask, AtomicLong numbers, AtomicLong refused, long end) throws IOException {
    long[] latencies = new long[1 << 12];
    int count = 0;
    for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
      HttpLine.Answer answer = ask.send(line, numbers.getAndIncrement());
      if (answer.status() >= 300) refused.incrementAndGet();
      if (count == latencies.length) latencies = Arrays.copyOf(latencies, count * 2);
      latencies[count++] = System.nanoTime() - sent;
    }
    return Arrays.copyOf(latencies, count);
  }

  private static long[] joined(long[] some, long[] more) {
    long[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  static long at(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
  }
}
