package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.tests.fuzz.ApiFuzz;
import io.ordinal.tests.hosts.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
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
  private static final int ROUNDS = 10;
  private static final int WARM_ROUNDS = 2;

  /**
   * The newest files of the store's log are held in memory, too, which would take longer to become
   * as many as they may be than this lasts.
   */
  private static final String SMALL_LOG =
      "ordinal.store.log { segment = 1 MiB, snapshot-after = 2 MiB }\n";

  private static Cluster cluster;

  @BeforeAll
  static void up() throws IOException {
    cluster = Cluster.started();
    cluster.ordinal("down").ok();
    Files.writeString(cluster.directory().configuration(), SMALL_LOG, StandardOpenOption.APPEND);
    cluster.ordinal("up").ok();
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
    MemberHeap heap = new MemberHeap(cluster.member().pid());
    Map<String, MemberHeap.Living> early = Map.of();
    List<Long> live = new ArrayList<>();
    for (int i = 1; i <= ROUNDS; i++) {
      send(SEED + i, Long.getLong("ordinal.requests", 10_000));
      live.add(heap.liveBytes());
      System.out.printf("live heap after round %d: %d KiB%n", i, live.get(i - 1) >> 10);
      if (i == WARM_ROUNDS) early = heap.classes();
    }
    System.out.printf("grown since round 2:%n%s", MemberHeap.grown(early, heap.classes()));
    long first = Collections.max(live.subList(0, ROUNDS / 2)); // It rises and falls.
    long second = Collections.max(live.subList(ROUNDS / 2, ROUNDS));
    assertThat(second).as("%s", live).isLessThan(first + first / 10);
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
}
