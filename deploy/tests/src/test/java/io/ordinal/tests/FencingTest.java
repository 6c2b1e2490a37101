package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Fenced lives end before their session's lease does, whatever the member's JVM is doing; kept ones
 * go on.
 */
class FencingTest {
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
    cluster.apply(Manifest.sleepers("fenced", 1, "ordinal.io/failover: automatic")).ok();
    cluster.apply(Manifest.sleepers("kept", 1)).ok();
    cluster.awaitReady("fenced", 1);
    cluster.awaitReady("kept", 1);
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void a_frozen_member_cannot_keep_a_fenced_life_alive() throws IOException {
    List<Long> kept = pids("kept-0");
    long incarnation = cluster.incarnation("fenced-0");
    ProcessHandle member = cluster.member();
    signal("STOP", member);
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> cluster.processesOf("fenced-0").isEmpty());
      assertThat(pids("kept-0")).isEqualTo(kept);
    } finally {
      signal("CONT", member);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> cluster.incarnation("fenced-0") > incarnation);
    cluster.awaitReady("fenced", 1);
    cluster.awaitReady("kept", 1);
    assertThat(pids("kept-0")).isEqualTo(kept);
  }

  @Test
  void a_dead_member_cannot_keep_a_fenced_life_alive() {
    cluster.awaitReady("fenced", 1);
    List<Long> kept = pids("kept-0");
    long incarnation = cluster.incarnation("fenced-0");
    cluster.killMember();
    await().atMost(Duration.ofSeconds(30)).until(() -> cluster.processesOf("fenced-0").isEmpty());
    assertThat(pids("kept-0")).isEqualTo(kept);
    cluster.ordinal("up").ok();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> cluster.incarnation("fenced-0") > incarnation);
    cluster.awaitReady("fenced", 1);
    assertThat(pids("kept-0")).isEqualTo(kept);
  }

  @Test
  void a_planned_stop_keeps_fenced_lives_until_the_member_is_back() {
    cluster.awaitReady("fenced", 1);
    List<Long> fenced = pids("fenced-0");
    long incarnation = cluster.incarnation("fenced-0");
    cluster.ordinal("down").ok();
    assertThat(hoursLeft()).as("the launchers' deadline is lifted").isGreaterThan(1);
    assertThat(pids("fenced-0")).isEqualTo(fenced);
    cluster.ordinal("up").ok();
    await().atMost(Duration.ofSeconds(60)).until(() -> hoursLeft() == 0);
    cluster.awaitReady("fenced", 1);
    assertThat(pids("fenced-0")).isEqualTo(fenced);
    assertThat(cluster.incarnation("fenced-0")).isEqualTo(incarnation);
  }

  /** Until launchers end fenced lives, as they read it. */
  private static long hoursLeft() {
    try {
      String deadline = Files.readString(cluster.directory().node().resolve("deadline"));
      double until = Double.parseDouble(deadline.split(" ")[1]);
      double now = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
      return (long) ((until - now) / Duration.ofHours(1).toSeconds());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Long> pids(String pod) {
    return cluster.processesOf(pod).stream().map(ProcessHandle::pid).sorted().toList();
  }

  private static void signal(String name, ProcessHandle process) throws IOException {
    Shell.run(
            java.util.Map.of(),
            Duration.ofSeconds(5),
            "",
            List.of("kill", "-" + name, "" + process.pid()))
        .ok();
  }
}
