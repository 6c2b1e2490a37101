package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes when something is deleted, and what stays. */
class DeletionTest {
  private static final String RETAIN =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: keep}
      provisioner: ordinal.io/local
      reclaimPolicy: Retain
      volumeBindingMode: WaitForFirstConsumer
      """;

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
  void a_deleted_set_takes_its_pods_and_processes_and_leaves_its_claims() {
    cluster.apply(Manifest.sleepers("whole", 2)).ok();
    cluster.awaitReady("whole", 2);
    cluster.kubectl("delete", "statefulset", "whole").ok();
    await().atMost(Duration.ofSeconds(20)).until(() -> pods("app=whole").isEmpty());
    assertThat(cluster.processesOf("whole-0")).isEmpty();
    assertThat(cluster.kubectl("get", "pvc", "-l", "app=whole", "-o", "name").ok().lines())
        .hasSize(2);
  }

  @Test
  void a_deleted_claim_takes_its_volume_and_its_directory_and_no_other() {
    cluster.apply(Manifest.sleepers("data", 2)).ok();
    cluster.awaitReady("data", 2);
    Path first = directory("data-data-0");
    Path second = directory("data-data-1");
    assertThat(first).isDirectory();
    cluster.kubectl("delete", "statefulset", "data").ok();
    await().atMost(Duration.ofSeconds(20)).until(() -> pods("app=data").isEmpty());
    assertThat(first).isDirectory();
    cluster.kubectl("delete", "pvc", "data-data-0").ok();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                cluster
                    .kubectl("get", "pv", first.getFileName().toString())
                    .err()
                    .contains("not found"));
    assertThat(first).doesNotExist();
    assertThat(second).isDirectory();
  }

  @Test
  void a_retained_volume_is_released_and_keeps_its_directory() {
    cluster.apply(RETAIN).ok();
    cluster
        .apply(
            Manifest.sleepers("kept", 1)
                .replace("accessModes:", "storageClassName: keep\n        accessModes:"))
        .ok();
    cluster.awaitReady("kept", 1);
    Path directory = directory("data-kept-0");
    String volume = directory.getFileName().toString();
    cluster.kubectl("delete", "statefulset", "kept").ok();
    cluster.kubectl("delete", "pvc", "data-kept-0").ok();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                cluster
                    .json("get", "pv", volume)
                    .path("status")
                    .path("phase")
                    .asString()
                    .equals("Released"));
    cluster.kubectl("delete", "pv", volume).ok();
    assertThat(directory).isDirectory();
  }

  /** Of the volume that the claim is bound to. */
  private static Path directory(String claim) {
    String volume = cluster.json("get", "pvc", claim).path("spec").path("volumeName").asString();
    return cluster.directory().node().resolve("volumes").resolve(volume);
  }

  @Test
  void an_orphaning_delete_leaves_the_pods_and_a_set_made_anew_adopts_them() {
    cluster.apply(Manifest.sleepers("orphans", 2)).ok();
    cluster.awaitReady("orphans", 2);
    var processes = cluster.processesOf("orphans-1").stream().map(ProcessHandle::pid).toList();
    cluster.kubectl("delete", "statefulset", "orphans", "--cascade=orphan").ok();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !cluster.pod("orphans-1").path("metadata").has("ownerReferences"));
    cluster.apply(Manifest.sleepers("orphans", 2)).ok();
    cluster.awaitReady("orphans", 2);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> cluster.pod("orphans-1").path("metadata").has("ownerReferences"));
    assertThat(cluster.processesOf("orphans-1").stream().map(ProcessHandle::pid).toList())
        .isEqualTo(processes);
  }

  @Test
  void a_finalizer_holds_the_object_until_it_is_taken_off() {
    cluster.kubectl("create", "-f", cluster.example("counter.yaml").toString()).ok();
    String hold = "{\"metadata\":{\"finalizers\":[\"example.org/hold\"]}}";
    cluster.kubectl("patch", "service", "counter", "--type=merge", "-p", hold).ok();
    cluster
        .kubectl("delete", "-f", cluster.example("counter.yaml").toString(), "--wait=false")
        .ok();
    assertThat(cluster.json("get", "service", "counter").path("metadata").has("deletionTimestamp"))
        .isTrue();
    cluster
        .kubectl(
            "patch",
            "service",
            "counter",
            "--type=merge",
            "-p",
            "{\"metadata\":{\"finalizers\":null}}")
        .ok();
    assertThat(cluster.kubectl("get", "service", "counter").err()).contains("not found");
  }

  @Test
  void a_namespace_empties_before_it_goes_even_when_the_member_dies_meanwhile() {
    cluster.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: doomed}\n").ok();
    cluster.kubectlWith(Manifest.sleepers("inside", 2), "apply", "-n", "doomed", "-f", "-").ok();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                cluster.kubectl("get", "pods", "-n", "doomed", "-o", "name").ok().lines().count()
                    == 2);
    cluster.kubectl("delete", "namespace", "doomed", "--wait=false").ok();
    cluster.killMember();
    cluster.ordinal("up").ok();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> cluster.kubectl("get", "namespace", "doomed").err().contains("not found"));
    assertThat(cluster.processesWith(java.util.Map.of("ORDINAL_NAMESPACE", "doomed"))).isEmpty();
  }

  private static String pods(String selector) {
    return cluster.kubectl("get", "pods", "-l", selector, "-o", "name").ok();
  }
}
