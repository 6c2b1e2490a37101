package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A machine is lost; its replicas come back elsewhere, once. */
class NodeLossTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(3);
    cluster = LabCluster.start(lab, LabCluster.Shape.of(1, 3, ""));
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @Test
  void a_lost_node_s_replicas_come_back_elsewhere_and_never_twice() {
    cluster.apply(Workloads.movable("movable", 4));
    cluster.awaitReady("movable", 4, PATIENCE);
    System.out.println(cluster.pods());
    try (Witness witness = new Witness(lab::owns)) {
      Fault off = new Fault.PowerOff(java.util.Set.of(2));
      Faults faults = new Faults(lab);
      long begin = System.nanoTime();
      faults.begin(off);
      Until.within(PATIENCE, "no replica on h2", () -> !cluster.pods().contains("on h2"));
      cluster.awaitReady("movable", 4, PATIENCE);
      System.out.println((System.nanoTime() - begin) / 1e9 + cluster.pods());
      faults.heal(off);
      cluster.awaitWhole(PATIENCE);
      assertThat(witness.overlaps()).isEqualTo(List.of());
    }
  }
}
