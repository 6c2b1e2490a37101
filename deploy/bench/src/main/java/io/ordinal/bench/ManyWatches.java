package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** So many watches of one namespace, each over a connection of its own, and then events for all. */
final class ManyWatches implements Siege {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int EVENTS = 10;
  private static final int READERS = 8;
  private static final int SMALL = 1 << 12;

  private final int count;

  ManyWatches(int count) {
    this.count = count;
  }

  @Override
  public void lay(Town town) throws Exception {
    String revision;
    try (HttpLine line = town.line()) {
      byte[] list = line.get(MAPS + "?limit=1").body();
      revision = Json.object(list).at("/metadata/resourceVersion").asString();
    }
    long begin = System.nanoTime();
    double cpu = town.member().cpuSeconds();
    double rss = town.member().rssMib();
    List<List<HttpLine>> lines = open(town, MAPS + "?watch=1&resourceVersion=" + revision);
    int open = lines.stream().mapToInt(List::size).sum();
    town.say("watches_open", open, "watches that were opened of " + count);
    town.say("watches_open_seconds", (System.nanoTime() - begin) / 1e9, "until they were");
    town.say("watches_open_cpu_s", town.member().cpuSeconds() - cpu, "member's CPU seconds for it");
    double each = (town.member().rssMib() - rss) * 1024 / Math.max(1, open);
    town.say("watches_kib_each", each, "KiB of memory that each took");
    cpu = town.member().cpuSeconds();
    Thread.sleep(10_000);
    double idle = (town.member().cpuSeconds() - cpu) * 10;
    town.say("watches_idle_cpu", idle, "% of a core while nothing of theirs changes");
    events(town, lines);
    for (List<HttpLine> some : lines) {
      for (HttpLine line : some) line.close();
    }
  }

  private List<List<HttpLine>> open(Town town, String path) throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    AtomicInteger told = new AtomicInteger();
    Callable<List<HttpLine>> opener =
        () -> {
          List<HttpLine> mine = new ArrayList<>();
          while (left.getAndDecrement() > 0) {
            try {
              HttpLine line = new HttpLine(town.server(), town.tls(), 20_000, SMALL);
              int status = line.open(path);
              if (status == 200) mine.add(line);
              else throw new java.io.IOException("answered " + status);
            } catch (java.io.IOException refused) {
              if (told.getAndIncrement() < 3) System.out.println("  a watch: " + refused);
              if (told.get() > 30) break;
            }
          }
          return mine;
        };
    ExecutorService openers = Executors.newFixedThreadPool(READERS);
    List<List<HttpLine>> all = new ArrayList<>();
    for (Future<List<HttpLine>> each :
        openers.invokeAll(java.util.Collections.nCopies(READERS, opener))) {
      all.add(each.get());
    }
    openers.shutdown();
    return all;
  }

  /** Creates one after the other; each is awaited at all watches. */
  private static void events(Town town, List<List<HttpLine>> lines) throws Exception {
    Series late = new Series("watches event, each watch", 1000, "ms");
    Series last = new Series("watches event, last watch", 1000, "ms");
    AtomicInteger missed = new AtomicInteger();
    double cpu = town.member().cpuSeconds();
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try (HttpLine writer = town.line()) {
      for (int i = 0; i < EVENTS; i++) {
        String name = "seen-" + i;
        long sent = System.nanoTime();
        List<Callable<Void>> tasks =
            lines.stream()
                .<Callable<Void>>map(
                    some ->
                        () -> {
                          for (HttpLine each : some) {
                            if (!each.nextLine().contains(name)) missed.incrementAndGet();
                            late.add((System.nanoTime() - sent) / 1e9);
                          }
                          return null;
                        })
                .toList();
        writer.ask("POST", MAPS, Siege.configMap(name, 1024));
        for (Future<Void> each : readers.invokeAll(tasks)) each.get();
        last.add((System.nanoTime() - sent) / 1e9);
      }
    } finally {
      readers.shutdown();
    }
    late.print(town.figures());
    last.print(town.figures());
    town.say("watches_missed", missed.get(), "events that a watch did not get");
    double used = (town.member().cpuSeconds() - cpu) / EVENTS;
    town.say("watches_cpu_s_each", used, "member's CPU seconds for an event to all");
  }
}
