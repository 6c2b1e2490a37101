package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Replicas start, scale and update in order, seen from outside. */
class OrderTest {
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
  void under_ordered_ready_a_replica_is_created_only_after_all_before_it_were_ready() {
    cluster.apply(Manifest.sleepers("ordered", 5)).ok();
    cluster.awaitReady("ordered", 5);
    for (int ordinal = 1; ordinal < 5; ordinal++) {
      assertThat(cluster.incarnation("ordered-" + ordinal))
          .as("begin of ordered-%d against readiness of its predecessor", ordinal)
          .isGreaterThan(cluster.incarnation("ordered-" + (ordinal - 1)));
    }
  }

  @Test
  void a_partition_holds_back_the_lower_ordinals() {
    cluster.apply(Manifest.sleepers("parted", 3)).ok();
    cluster.awaitReady("parted", 3);
    String patch =
        "{\"spec\":{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":2}},"
            + "\"template\":{\"metadata\":{\"annotations\":{\"round\":\"2\"}}}}}";
    cluster.kubectl("patch", "statefulset", "parted", "-p", patch).ok();
    assertThat(cluster.kubectl("rollout", "status", "statefulset", "parted", "--timeout=60s").ok())
        .contains("partitioned roll out complete: 1 new pods have been updated");
    assertThat(revision("parted-2")).isNotEqualTo(revision("parted-1"));
    assertThat(revision("parted-1")).isEqualTo(revision("parted-0"));
  }

  @Test
  void a_broken_rollout_heals_when_the_template_is_put_right() {
    cluster.apply(Manifest.sleepers("healing", 2)).ok();
    cluster.awaitReady("healing", 2);
    cluster.kubectl("set", "image", "statefulset/healing", "main=example.org/no-such-image:1").ok();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(cluster.kubectl("get", "pods").ok())
                    .containsAnyOf("ErrImagePull", "ImagePullBackOff"));
    assertThat(cluster.kubectl("describe", "pod", "healing-1").ok()).contains("no-such-image");
    cluster.kubectl("rollout", "undo", "statefulset/healing").ok();
    cluster.awaitReady("healing", 2);
    assertThat(
            cluster
                .pod("healing-1")
                .path("spec")
                .path("containers")
                .path(0)
                .path("image")
                .asString())
        .isEqualTo("busybox");
  }

  @Test
  void a_parallel_set_comes_up_whole() {
    String manifest =
        Manifest.sleepers("together", 6)
            .replace("replicas: 6", "replicas: 6\n  podManagementPolicy: Parallel");
    cluster.apply(manifest).ok();
    cluster.awaitReady("together", 6);
    assertThat(IntStream.range(0, 6).mapToObj(i -> cluster.address("together-" + i)).distinct())
        .hasSize(6);
  }

  @Test
  void a_pod_of_its_own_runs_without_a_set_and_ends_with_its_deletion() {
    cluster
        .apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: alone}
            spec:
              restartPolicy: Never
              containers:
                - {name: main, image: busybox, command: ["sh", "-c", "echo once; exit 3"]}
            """)
        .ok();
    await().atMost(Duration.ofSeconds(20)).until(() -> phase("alone").equals("Failed"));
    JsonNode state =
        cluster.pod("alone").path("status").path("containerStatuses").path(0).path("state");
    assertThat(state.path("terminated").path("exitCode").asInt()).isEqualTo(3);
    assertThat(cluster.kubectl("logs", "alone").ok()).isEqualTo("once\n");
    cluster.kubectl("delete", "pod", "alone").ok();
    assertThat(cluster.kubectl("get", "pod", "alone").err()).contains("not found");
  }

  private static String phase(String pod) {
    return cluster.pod(pod).path("status").path("phase").asString("");
  }

  private static String revision(String pod) {
    return cluster
        .pod(pod)
        .path("metadata")
        .path("labels")
        .path("controller-revision-hash")
        .asString();
  }
}
