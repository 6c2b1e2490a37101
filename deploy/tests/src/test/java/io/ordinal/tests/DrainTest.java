package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Disruption budgets, drains and planned stops on one machine, by real kubectl. */
class DrainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static Cluster cluster;
  private static String node;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
    node = cluster.json("get", "nodes").at("/items/0/metadata/name").asString();
  }

  @AfterEach
  void empty() {
    cluster.kubectl("delete", "statefulsets,poddisruptionbudgets", "--all").ok();
    await().atMost(PATIENCE).until(() -> cluster.json("get", "pods").path("items").isEmpty());
    cluster.kubectl("uncordon", node).ok();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void a_budget_refuses_evictions_and_kubectl_drain_waits_for_it() {
    cluster.apply(Manifest.sleepers("web", 3)).ok();
    cluster.awaitReady("web", 3);
    String budget =
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec: {minAvailable: 3, selector: {matchLabels: {app: web}}}
        """;
    cluster.apply(budget).ok();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(cluster.kubectl("get", "pdb", "web").ok())
                    .containsPattern("web +3 +N/A +0"));
    Shell.Result refused = drain("--timeout=3s");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.all())
        .contains("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(cluster.json("get", "pods").path("items"))
        .allMatch(pod -> pod.path("metadata").path("deletionTimestamp").isMissingNode());
    cluster.kubectl("patch", "pdb", "web", "--type=merge", "-p", "{\"spec\":{\"minAvailable\":0}}");
    assertThat(drain("--timeout=60s").ok()).containsPattern("node/" + node + " (drained|evicted)");
    assertThat(scheduling()).isEqualTo("true");
    cluster.kubectl("uncordon", node).ok();
    cluster.awaitReady("web", 3);
  }

  @Test
  void replicas_of_an_ordered_set_leave_from_the_last_to_the_first() {
    cluster.apply(Manifest.sleepers("web", 4)).ok();
    cluster.awaitReady("web", 4);
    String told = cluster.ordinal("drain", node, "--timeout", "60s").ok();
    List<Integer> left =
        IntStream.range(0, 4)
            .map(n -> told.indexOf("evicting pod default/web-" + (3 - n)))
            .boxed()
            .toList();
    assertThat(left).as(told).doesNotContain(-1).isSorted();
    assertThat(told).contains("node/" + node + " drained of 4 pods");
    assertThat(cluster.ordinal("uncordon", node).ok()).contains("node/" + node + " uncordoned");
    cluster.awaitReady("web", 4);
  }

  @Test
  void a_drained_replica_whose_volume_is_local_waits_and_the_drain_says_so() {
    cluster.apply(read("counter.yaml")).ok();
    cluster.awaitReady("counter", 3);
    Shell.Result drained = drain("--timeout=60s");
    drained.ok();
    assertThat(drained.all())
        .contains("Warning: pod default/counter-2 keeps a volume that exists on node " + node);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(cluster.pod("counter-0").at("/status/conditions").toString())
                    .contains("1 node(s) were unschedulable"));
    cluster.kubectl("uncordon", node).ok();
    cluster.awaitReady("counter", 3);
  }

  @Test
  void down_with_drain_empties_the_node_and_the_next_up_opens_it_again() {
    cluster.apply(Manifest.sleepers("web", 2)).ok();
    cluster.awaitReady("web", 2);
    String told = cluster.ordinal("down", "--drain").ok();
    assertThat(told)
        .contains("evicting pod default/web-1")
        .contains("drained of 2 pods")
        .contains("stopped the member");
    assertThat(cluster.processesOf("web-0")).isEmpty();
    cluster.ordinal("up").ok();
    cluster.awaitReady("web", 2);
    assertThat(scheduling()).isEmpty();
  }

  @Test
  void down_without_drain_says_that_fenced_workloads_are_kept() {
    cluster.apply(Manifest.sleepers("web", 1, "ordinal.io/failover: automatic")).ok();
    cluster.awaitReady("web", 1);
    List<ProcessHandle> before = cluster.processesOf("web-0");
    assertThat(cluster.ordinal("down").ok()).contains("every workload goes on running");
    cluster.ordinal("up").ok();
    cluster.awaitReady("web", 1);
    assertThat(cluster.processesOf("web-0")).isEqualTo(before);
  }

  private Shell.Result drain(String timeout) {
    return cluster.kubectl("drain", node, "--ignore-daemonsets", "--delete-emptydir-data", timeout);
  }

  private String scheduling() {
    return cluster.kubectl("get", "node", node, "-o", "jsonpath={.spec.unschedulable}").ok();
  }

  private String read(String example) {
    try {
      return Files.readString(cluster.example(example));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
