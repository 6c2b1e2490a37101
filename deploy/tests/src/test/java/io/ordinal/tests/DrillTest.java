package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/** Drills on one machine, with real processes; the kernel tells what the faults did. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("long")
class DrillTest {
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
    cluster.kubectl("apply", "-f", cluster.example("counter.yaml").toString()).ok();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @BeforeEach
  void steady() {
    cluster.awaitReady("counter", 3);
  }

  @Test
  void a_killed_replica_is_ready_again_under_its_name_address_and_volume() {
    List<Long> before = pids("counter-1");
    int restarts = cluster.restarts("counter-1");
    Shell.Result result =
        drill(
            "replica",
            "counter-1",
            "--probe",
            "http:8080",
            "--probe-interval",
            "50ms",
            "-o",
            "json");
    JsonNode verdict = Json.tree(result.ok().getBytes(StandardCharsets.UTF_8));
    assertThat(verdict.at("/status/verdict").asString()).isEqualTo("Passed");
    JsonNode replica = replica(verdict, "default/counter-1");
    assertThat(replica.path("addressKept").asBoolean()).isTrue();
    assertThat(replica.path("volumeKept").asBoolean()).isTrue();
    assertThat(replica.path("overlapMillis").asLong(-1)).isZero();
    assertThat(replica.at("/times/readyMillis").asLong(-1)).isPositive();
    assertThat(replica.at("/requests/lost").asLong(-1)).isPositive();
    assertThat(replica(verdict, "default/counter-0").at("/requests/lost").asLong(-1)).isZero();
    assertThat(pids("counter-1")).isNotEmpty().doesNotContainAnyElementsOf(before);
    assertThat(cluster.restarts("counter-1")).isEqualTo(restarts + 1);
  }

  @Test
  void a_frozen_replica_stands_still_and_goes_on_by_itself() throws Exception {
    List<Long> before = pids("counter-2");
    Shell.Result begun =
        drill("replica", "counter-2", "--way", "freeze", "--no-watch", "--name", "frozen");
    begun.ok();
    await().atMost(Duration.ofSeconds(60)).until(() -> frozen("counter-2"));
    awaitVerdict("frozen", "Passed");
    assertThat(frozen("counter-2")).isFalse();
    assertThat(pids("counter-2")).isEqualTo(before);
    assertThat(cluster.kubectl("get", "drill", "frozen").ok())
        .contains("NAME", "TARGET", "WAY", "PHASE", "VERDICT", "READY", "AGE")
        .contains("replica/default/counter-2", "Freeze", "Done", "Passed");
    String xml = cluster.ordinal("drill", "show", "frozen", "-o", "junit").ok();
    var suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getDocumentElement();
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(13);
  }

  @Test
  void an_aborted_drill_has_its_fault_taken_back_at_once() {
    drill(
            "replica",
            "counter-0",
            "--way",
            "freeze",
            "--no-watch",
            "--name",
            "aborted",
            "--duration",
            "9m")
        .ok();
    await().atMost(Duration.ofSeconds(60)).until(() -> frozen("counter-0"));
    cluster.ordinal("drill", "abort", "aborted").ok();
    awaitVerdict("aborted", "Aborted");
    assertThat(frozen("counter-0")).isFalse();
  }

  @Test
  void a_deleted_drill_is_gone_only_once_its_fault_is_taken_back() {
    drill(
            "replica",
            "counter-0",
            "--way",
            "freeze",
            "--no-watch",
            "--name",
            "deleted",
            "--duration",
            "9m")
        .ok();
    await().atMost(Duration.ofSeconds(60)).until(() -> frozen("counter-0"));
    cluster.kubectl("delete", "drill", "deleted").ok();
    await().atMost(Duration.ofSeconds(30)).until(() -> !frozen("counter-0"));
    assertThat(cluster.kubectl("get", "drills").ok()).doesNotContain("deleted");
  }

  @Test
  void a_set_that_is_not_whole_is_not_drilled() {
    cluster.kubectl("scale", "statefulset", "counter", "--replicas=4").ok();
    cluster.kubectl("delete", "pod", "counter-3", "--wait=false", "--ignore-not-found").ok();
    Shell.Result refused = drill("replica", "nobody-0");
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.out()).contains("Refused", "there is no pod default/nobody-0");
    cluster.kubectl("scale", "statefulset", "counter", "--replicas=3").ok();
  }

  @Test
  void the_only_controller_is_not_taken_away() {
    String node = cluster.json("get", "nodes").at("/items/0/metadata/name").asString();
    Shell.Result refused = drill("node", node, "--allow-stranded");
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.out()).contains("0 of 1 controllers would be left, which is no majority");
    assertThat(cluster.member().isAlive()).isTrue();
  }

  private static Shell.Result drill(String kind, String target, String... options) {
    List<String> line =
        new java.util.ArrayList<>(List.of(kind, target, "--yes", "--ready-for", "1s"));
    if (!List.of(options).contains("--duration")) line.addAll(List.of("--duration", "4s"));
    line.addAll(List.of(options));
    return cluster.ordinal("drill", line.toArray(String[]::new));
  }

  private static void awaitVerdict(String drill, String verdict) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                cluster
                    .json("get", "drill", drill)
                    .at("/status/phase")
                    .asString("")
                    .equals("Done"));
    JsonNode status = cluster.json("get", "drill", drill).path("status");
    assertThat(status.path("verdict").asString("")).as("%s", status).isEqualTo(verdict);
  }

  private static JsonNode replica(JsonNode verdict, String name) {
    for (JsonNode each : verdict.at("/status/replicas")) {
      if (each.path("name").asString("").equals(name)) return each;
    }
    throw new AssertionError("no replica " + name + " in " + verdict);
  }

  private static List<Long> pids(String pod) {
    return cluster.processesOf(pod).stream()
        .filter(each -> Processes.title(each.pid()).contains("java"))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  /** Whether the kernel says that a process of the pod is stopped. */
  private static boolean frozen(String pod) {
    return cluster.processesOf(pod).stream().anyMatch(each -> state(each.pid()).equals("T"));
  }

  private static String state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (IOException gone) {
      return "";
    }
  }
}
