package io.ordinal.bench;

import io.ordinal.bench.WriterLoad.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Durable writes of 1 KB, Ordinal's store beside etcd, in turns on the same disk.
 *
 * <p>{@code java -Djava.util.concurrent.ForkJoinPool.common.parallelism=4 -cp ...
 * io.ordinal.bench.StoreBench <directory> [seconds] [rounds] [members]}. The directory must be on
 * the disk to be measured; what is written there is removed. {@code etcd} must be in the path.
 */
public final class StoreBench {
  private static final int[] WRITERS = {1, 16, 256};
  private static final long SEED = 42;
  private static final String USAGE =
      """
      run StoreBench DIRECTORY [SECONDS (5)] [ROUNDS (3)] [MEMBERS (1)]

      Durable writes of 1 KB at 1, 16 and 256 writers, Ordinal's store and etcd in turns on the same
      disk, both with as many members, both warmed up. Prints writes a second and latencies, of
      each load the round with the median throughput, and the same as JSON. The directory must be
      on the disk to be measured; what is written there is removed. etcd must be in the path.
      """;
  private static final int WARM_UP_WRITES = 30_000;
  private static final int WARM_UP_ROUNDS = 20;

  private StoreBench() {}

  private interface Opening {
    BenchmarkedStore open(Path directory, int members) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Usage.ifAsked(arguments, USAGE);
    Path directory = Path.of(arguments[0]);
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    int members = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    List<List<Figures>> ordinal = new ArrayList<>();
    List<List<Figures>> etcd = new ArrayList<>();
    Opening ours = OrdinalBenchmarkedStore::new;
    Opening theirs = EtcdBenchmarkedStore::new;
    for (int round = 0; round < rounds; round++) {
      ordinal.add(measure(directory.resolve("ordinal"), seconds, members, ours));
      etcd.add(measure(directory.resolve("etcd"), seconds, members, theirs));
    }
    System.out.println();
    System.out.println("members: " + members);
    report(medians(ordinal), medians(etcd));
    System.exit(0);
  }

  private static List<Figures> measure(Path directory, int seconds, int members, Opening opening)
      throws Exception {
    delete(directory);
    Files.createDirectories(directory);
    List<Figures> figures = new ArrayList<>();
    try (BenchmarkedStore store = opening.open(directory, members)) {
      warmUp(store, seconds);
      for (int writers : WRITERS) {
        WriterLoad load = new WriterLoad(store, writers, new Random(SEED));
        Figures found = load.run(Duration.ofSeconds(2), Duration.ofSeconds(seconds));
        System.out.println(store.title() + " " + found);
        figures.add(found);
      }
    }
    delete(directory);
    return figures;
  }

  /** Compilers need many calls, of which a single writer makes few. */
  private static void warmUp(BenchmarkedStore store, int seconds) throws InterruptedException {
    WriterLoad load = new WriterLoad(store, 64, new Random(SEED));
    double written = 0;
    for (int i = 0; i < WARM_UP_ROUNDS && written < WARM_UP_WRITES; i++)
      written += load.run(Duration.ZERO, Duration.ofSeconds(seconds)).perSecond() * seconds;
  }

  /** Of each load the round with the median throughput. */
  private static List<Figures> medians(List<List<Figures>> rounds) {
    List<Figures> medians = new ArrayList<>();
    for (int i = 0; i < WRITERS.length; i++) {
      int load = i;
      List<Figures> sorted =
          rounds.stream()
              .map(round -> round.get(load))
              .sorted(Comparator.comparingDouble(Figures::perSecond))
              .toList();
      medians.add(sorted.get(sorted.size() / 2));
    }
    return medians;
  }

  private static void report(List<Figures> ordinal, List<Figures> etcd) {
    System.out.println("writers   ordinal/s   p99 ms      etcd/s   p99 ms   times");
    List<String> json = new ArrayList<>();
    for (int i = 0; i < WRITERS.length; i++) {
      Figures ours = ordinal.get(i);
      Figures theirs = etcd.get(i);
      double times = ours.perSecond() / theirs.perSecond();
      System.out.println(
          String.format(
              Locale.ROOT,
              "%7d %11.0f %8.2f %11.0f %8.2f %7.2f",
              ours.writers(),
              ours.perSecond(),
              ours.p99Ms(),
              theirs.perSecond(),
              theirs.p99Ms(),
              times));
      json.add(
          String.format(
              Locale.ROOT,
              "{\"writers\":%d,\"ordinal\":%s,\"etcd\":%s,\"times\":%.2f}",
              ours.writers(),
              json(ours),
              json(theirs),
              times));
    }
    System.out.println();
    System.out.println(
        json.stream()
            .collect(Collectors.joining(",", "{\"benchmark\":\"store-writes\",\"loads\":[", "]}")));
  }

  private static String json(Figures figures) {
    return String.format(
        Locale.ROOT,
        "{\"per_second\":%.0f,\"median_ms\":%.3f,\"p99_ms\":%.3f}",
        figures.perSecond(),
        figures.medianMs(),
        figures.p99Ms());
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) return;
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
