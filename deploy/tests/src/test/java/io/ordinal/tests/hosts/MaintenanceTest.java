package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.tests.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Machines are emptied and stopped by plan, and most controllers go away, on three hosts. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // The last one takes the majority away.
@Tag("long")
class MaintenanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(3);
    cluster =
        LabCluster.start(lab, LabCluster.Shape.of(3, 3, "ordinal.member.drain-on-stop = true"));
    cluster.apply(Workloads.movable("movable", 4));
    cluster.awaitReady("movable", 4, PATIENCE);
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @Test
  @Order(1)
  void kubectl_drain_moves_replicas_one_by_one_within_their_budget() {
    cluster
        .kubectl(1, "", "create", "pdb", "movable", "--selector=app=movable", "--max-unavailable=1")
        .ok();
    try (Witness witness = new Witness(lab::owns)) {
      Shell.Result drained =
          cluster.kubectl(1, "", "drain", "h2", "--ignore-daemonsets", "--delete-emptydir-data");
      assertThat(drained.ok()).contains("node/h2 drained");
      cluster.awaitReady("movable", 4, PATIENCE);
      assertThat(hosts()).doesNotContain(2);
      assertThat(witness.overlaps()).isEqualTo(List.of());
    }
    cluster.kubectl(2, "", "uncordon", "h2").ok();
  }

  @Test
  @Order(2)
  void a_member_that_is_told_to_stop_moves_its_replicas_first_and_is_back_afterwards() {
    int stopped = cluster.hostOf("movable-3");
    lab.host(stopped).stop();
    assertThat(hosts()).doesNotContain(stopped);
    cluster.awaitReady("movable", 4, PATIENCE);
    lab.host(stopped).start();
    cluster.awaitWhole(PATIENCE);
    Until.within(PATIENCE, "h" + stopped + " takes pods again", () -> !closed(stopped));
  }

  @Test
  @Order(3)
  void without_a_majority_the_last_controller_answers_reads_and_refuses_writes() {
    lab.host(1).killMember();
    lab.host(2).killMember();
    Until.within(
        PATIENCE,
        "a warning that names the age",
        () -> cluster.kubectl(0, "", "get", "pods").err().contains("was last confirmed"));
    Shell.Result read = cluster.kubectl(0, "", "get", "pods");
    assertThat(read.ok()).contains("movable-0");
    assertThat(read.err()).startsWith("Warning: the cluster has no majority of its controllers");
    long begin = System.nanoTime();
    Api.Answer write =
        cluster.api(0).post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"late\"}}");
    assertThat(write.code()).isEqualTo(503);
    assertThat(write.body().path("reason").asString()).isEqualTo("ServiceUnavailable");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(cluster.kubectl(0, "", "get", "--raw", "/livez").ok()).isEqualTo("ok");
    Until.within(PATIENCE, "not ready", () -> cluster.api(0).get("/readyz").code() == 503);
    lab.host(1).start();
    lab.host(2).start();
    cluster.awaitWhole(PATIENCE);
    assertThat(
            cluster
                .any(api -> api.post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"later\"}}"))
                .done())
        .isTrue();
  }

  private static Set<Integer> hosts() {
    return Set.copyOf(
        IntStream.range(0, 4).mapToObj(n -> cluster.hostOf("movable-" + n)).distinct().toList());
  }

  private static boolean closed(int host) {
    JsonNode node = cluster.get("/api/v1/nodes/h" + host);
    return node.path("spec").path("unschedulable").asBoolean(false);
  }
}
