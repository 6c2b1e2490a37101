package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.tests.fuzz.ApiFuzz;
import io.ordinal.tests.hosts.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is sent to the API is answered in order, and nothing is left behind. */
class ApiFuzzTest {
  private static final long SEED = Long.getLong("ordinal.seed", 1);
  private static final int MOST_GROWN = 12;
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void a_few_thousand_odd_requests_are_answered_in_order() {
    send(SEED, Long.getLong("ordinal.requests", 2_500));
  }

  @Test
  @Tag("long")
  void a_hundred_thousand_odd_requests_leave_nothing_behind() {
    send(SEED + 1, 20_000);
    long before = heapBytes();
    Map<String, Long> classes = bytesOfClasses();
    for (int i = 2; i <= 5; i++) send(SEED + i, 20_000);
    long after = heapBytes();
    System.out.printf(
        "heap after 20,000: %d KiB, after 100,000: %d KiB%n", before >> 10, after >> 10);
    System.out.println("grown most, KiB: " + grown(classes, bytesOfClasses()));
    assertThat(after).isLessThan(before + before / 4 + (8 << 20));
  }

  private static void send(long seed, long requests) {
    long began = System.nanoTime();
    try (ApiFuzz fuzz =
        new ApiFuzz(server(), Api.credentials(cluster.directory().kubeconfig()), seed)) {
      fuzz.send(requests);
      System.out.printf("%s in %.1f s%n", fuzz.summary(), (System.nanoTime() - began) / 1e9);
      assertThat(fuzz.faults()).as(fuzz.summary()).isEmpty();
    }
    assertThat(faultsInLog()).isEmpty();
  }

  private static URI server() {
    try {
      String text = Files.readString(cluster.directory().kubeconfig());
      Matcher server = Pattern.compile("server: \"?([^\"\\s]+)").matcher(text);
      assertThat(server.find()).isTrue();
      return URI.create(server.group(1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Whatever is sent, nothing in the member may fail. */
  private static List<String> faultsInLog() {
    try (var lines = Files.lines(cluster.directory().path().resolve("log/member.log"))) {
      return lines.filter(each -> each.contains(" ERROR ")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What the member's objects take after a collection. */
  private static long heapBytes() {
    String pid = Long.toString(cluster.member().pid());
    jcmd(pid, "GC.run");
    Matcher used = Pattern.compile("used (\\d+)K").matcher(heap(jcmd(pid, "GC.heap_info")));
    long kib = 0;
    while (used.find()) kib += Long.parseLong(used.group(1));
    return kib << 10;
  }

  /** By the name of the class, what its living objects take. */
  private static Map<String, Long> bytesOfClasses() {
    String histogram = jcmd(Long.toString(cluster.member().pid()), "GC.class_histogram");
    Matcher line = Pattern.compile("\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)").matcher(histogram);
    Map<String, Long> bytes = new HashMap<>();
    while (line.find()) bytes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
    return bytes;
  }

  private static List<String> grown(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> more = new HashMap<>(after);
    before.forEach((name, bytes) -> more.merge(name, -bytes, Long::sum));
    return more.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_GROWN)
        .map(each -> each.getKey() + " " + (each.getValue() >> 10))
        .toList();
  }

  private static String heap(String info) {
    int classes = info.indexOf("Metaspace");
    return classes < 0 ? info : info.substring(0, classes);
  }

  private static String jcmd(String pid, String what) {
    return Shell.run(Map.of(), Duration.ofSeconds(60), "", List.of("jcmd", pid, what)).ok();
  }
}
