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
import org.junit.jupiter.api.Test;

/** A machine is emptied by plan, on three hosts. */
class MaintenanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(3);
    cluster = LabCluster.start(lab, LabCluster.Shape.of(3, 3, ""));
    cluster.apply(Workloads.movable("movable", 4));
    cluster.awaitReady("movable", 4, PATIENCE);
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @Test
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

  private static Set<Integer> hosts() {
    return Set.copyOf(
        IntStream.range(0, 4).mapToObj(n -> cluster.hostOf("movable-" + n)).distinct().toList());
  }
}
