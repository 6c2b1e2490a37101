package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * The real redis-server with append-only files: each replica keeps its own data through whatever
 * happens.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisWalkTest {
  private static final Map<String, String> ADDRESSES = new HashMap<>();
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
    cluster.kubectl("apply", "-f", cluster.example("redis.yaml").toString()).ok();
    cluster.awaitReady("redis", 3);
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      ADDRESSES.put("redis-" + ordinal, cluster.address("redis-" + ordinal));
      assertThat(redis(ordinal, "set", "who", "redis-" + ordinal)).isEqualTo("OK");
    }
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  @Order(1)
  void a_deleted_pod_comes_back_with_its_data_its_address_and_a_higher_incarnation() {
    long incarnation = cluster.incarnation("redis-1");
    String address = cluster.address("redis-1");
    cluster.kubectl("delete", "pod", "redis-1").ok();
    cluster.awaitReady("redis", 3);
    assertThat(cluster.incarnation("redis-1")).isGreaterThan(incarnation);
    assertThat(cluster.address("redis-1")).isEqualTo(address);
    eachHasItsOwnData(3);
  }

  @Test
  @Order(2)
  void a_killed_process_is_restarted_in_the_same_life() {
    long incarnation = cluster.incarnation("redis-2");
    int restarts = cluster.restarts("redis-2");
    server("redis-2").destroyForcibly();
    await().atMost(Duration.ofSeconds(20)).until(() -> cluster.restarts("redis-2") == restarts + 1);
    cluster.awaitReady("redis", 3);
    assertThat(cluster.incarnation("redis-2")).isEqualTo(incarnation);
    eachHasItsOwnData(3);
  }

  @Test
  @Order(3)
  void a_killed_member_finds_the_same_processes_again() {
    Map<String, Long> before = servers();
    Map<String, Integer> restarts = restarts();
    cluster.killMember();
    assertThat(servers()).isEqualTo(before);
    cluster.ordinal("up").ok();
    cluster.awaitReady("redis", 3);
    assertThat(servers()).isEqualTo(before);
    assertThat(restarts()).isEqualTo(restarts);
    eachHasItsOwnData(3);
  }

  @Test
  @Order(4)
  void what_ends_while_the_member_is_dead_is_noticed_and_restarted_afterwards() {
    int restarts = cluster.restarts("redis-0");
    cluster.killMember();
    server("redis-0").destroyForcibly();
    cluster.ordinal("up").ok();
    await().atMost(Duration.ofSeconds(20)).until(() -> cluster.restarts("redis-0") == restarts + 1);
    cluster.awaitReady("redis", 3);
    JsonNode last =
        cluster.pod("redis-0").path("status").path("containerStatuses").path(0).path("lastState");
    assertThat(last.path("terminated").path("exitCode").asInt()).isEqualTo(137);
    eachHasItsOwnData(3);
  }

  @Test
  @Order(5)
  void scaled_down_and_up_again_each_ordinal_finds_its_claim() {
    String claim = volumeOf("data-redis-2");
    cluster.kubectl("scale", "statefulset", "redis", "--replicas=1").ok();
    cluster.awaitReady("redis", 1);
    assertThat(cluster.kubectl("get", "pods", "-o", "name").ok()).isEqualTo("pod/redis-0\n");
    assertThat(ProcessHandle.allProcesses().map(each -> Processes.title(each.pid())))
        .noneMatch(title -> title.contains(ADDRESSES.get("redis-1") + ":6379"));
    assertThat(cluster.kubectl("get", "pvc", "-o", "name").ok().lines()).hasSize(3);
    cluster.kubectl("scale", "statefulset", "redis", "--replicas=3").ok();
    cluster.awaitReady("redis", 3);
    assertThat(volumeOf("data-redis-2")).isEqualTo(claim);
    eachHasItsOwnData(3);
  }

  @Test
  @Order(6)
  void a_changed_template_is_rolled_out_from_the_highest_ordinal_down() {
    String patch =
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"example.org/round\":\"2\"}}}}}";
    cluster.kubectl("patch", "statefulset", "redis", "-p", patch).ok();
    assertThat(cluster.kubectl("rollout", "status", "statefulset", "redis", "--timeout=60s").ok())
        .contains("roll out complete");
    List<Long> incarnations = new ArrayList<>();
    for (int ordinal = 0; ordinal < 3; ordinal++)
      incarnations.add(cluster.incarnation("redis-" + ordinal));
    assertThat(incarnations.get(2)).isLessThan(incarnations.get(1));
    assertThat(incarnations.get(1)).isLessThan(incarnations.get(0));
    eachHasItsOwnData(3);
  }

  @Test
  @Order(7)
  void logs_are_those_of_the_container_and_have_no_gap_over_a_dead_member() {
    String before = cluster.kubectl("logs", "redis-0").ok();
    assertThat(before).contains("Ready to accept connections");
    cluster.killMember();
    redis(0, "bgrewriteaof");
    cluster.ordinal("up").ok();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              String after = cluster.kubectl("logs", "redis-0").ok();
              assertThat(after)
                  .startsWith(before)
                  .contains("Background append only file rewriting started");
            });
  }

  private static void eachHasItsOwnData(int replicas) {
    for (int ordinal = 0; ordinal < replicas; ordinal++) {
      assertThat(redis(ordinal, "get", "who"))
          .as("data of redis-%d", ordinal)
          .isEqualTo("redis-" + ordinal);
    }
  }

  private static String redis(int ordinal, String... command) {
    List<String> line =
        new ArrayList<>(List.of("redis-cli", "-h", ADDRESSES.get("redis-" + ordinal)));
    line.addAll(List.of(command));
    return Shell.run(Map.of(), Duration.ofSeconds(10), "", line).ok().strip();
  }

  /** By its title, which names its address: Redis writes that over its environment. */
  private static ProcessHandle server(String pod) {
    String title = "redis-server " + ADDRESSES.get(pod) + ":6379";
    List<ProcessHandle> found =
        ProcessHandle.allProcesses()
            .filter(each -> Processes.title(each.pid()).startsWith(title))
            .toList();
    assertThat(found).as("processes titled %s", title).hasSize(1);
    return found.get(0);
  }

  private static Map<String, Long> servers() {
    Map<String, Long> found = new HashMap<>();
    for (int ordinal = 0; ordinal < 3; ordinal++)
      found.put("redis-" + ordinal, server("redis-" + ordinal).pid());
    return found;
  }

  private static Map<String, Integer> restarts() {
    Map<String, Integer> found = new HashMap<>();
    for (int ordinal = 0; ordinal < 3; ordinal++)
      found.put("redis-" + ordinal, cluster.restarts("redis-" + ordinal));
    return found;
  }

  private static String volumeOf(String claim) {
    return cluster.json("get", "pvc", claim).path("spec").path("volumeName").asString();
  }
}
