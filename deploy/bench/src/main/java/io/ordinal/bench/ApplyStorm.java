package io.ordinal.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** Many who apply their own field to one object, as fast as they can; told to wait, they wait. */
final class ApplyStorm implements Siege {
  private static final String MAP = "/api/v1/namespaces/default/configmaps/storm";
  private static final int CLIENTS = 200;
  private static final int SECONDS = 30;

  @Override
  public void lay(Town town) throws Exception {
    Map<Integer, LongAdder> codes = new ConcurrentHashMap<>();
    Series times = new Series("applies answered", 1000, "ms");
    List<Callable<Long>> clients = new ArrayList<>();
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      clients.add(() -> client(town, number, codes, times, end));
    }
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Long> done = new ArrayList<>();
    for (Future<Long> each : threads.invokeAll(clients)) done.add(each.get());
    threads.shutdown();
    times.print(town.figures());
    codes.forEach((code, count) -> town.say("applies_" + code, count.sum(), "answers " + code));
    long[] sorted = done.stream().mapToLong(each -> each).sorted().toArray();
    double total = Arrays.stream(sorted).sum();
    town.say("applies_per_second", total / SECONDS, "applied");
    town.say("applies_least", sorted[0], "applied by the client that got the least");
    town.say("applies_most", sorted[CLIENTS - 1], "applied by the one that got the most");
  }

  private static long client(
      Town town, int number, Map<Integer, LongAdder> codes, Series times, long end)
      throws Exception {
    long applied = 0;
    try (HttpLine line = town.line()) {
      for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
        String body =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"storm\"},"
                + "\"data\":{\"k%d\":\"%d\"}}".formatted(number, applied);
        HttpLine.Answer answer =
            line.patch(
                "application/apply-patch+yaml",
                MAP + "?fieldManager=m" + number,
                body.getBytes(StandardCharsets.UTF_8));
        codes.computeIfAbsent(answer.status(), none -> new LongAdder()).increment();
        if (answer.status() < 300) {
          applied++;
          times.add((System.nanoTime() - sent) / 1e9);
        }
        if (answer.retryAfter() > 0) Thread.sleep(answer.retryAfter() * 1000L);
      }
    }
    return applied;
  }
}
