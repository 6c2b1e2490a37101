package io.ordinal.tests.hosts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.JsonNode;

/**
 * A node whose member was stopped in order and started again hears every controller, whichever is
 * its front door: its pods' actors are spread over all of them.
 */
@Tag("long")
class RestartedNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NODE = 3;
  private static final int REPLICAS = 12;
  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(4);
    cluster = LabCluster.start(lab, LabCluster.Shape.apart(3, 1, ""));
    cluster.apply(Workloads.movable("movable", REPLICAS).replace("OrderedReady", "Parallel"));
    cluster.awaitReady("movable", REPLICAS, PATIENCE);
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @RepeatedTest(4) // Another front door each time, as chance has it.
  void every_controller_reaches_a_node_that_was_started_anew() {
    lab.host(NODE).stop();
    Until.within(PATIENCE, "the node is missed", () -> cluster.readyNodes().isEmpty());
    lab.host(NODE).start();
    cluster.awaitWhole(PATIENCE);
    Set<String> before = pods();
    cluster.kubectl(0, "", "delete", "pods", "--all", "--wait=false").ok();
    Until.within(
        PATIENCE,
        "other pods in the place of all",
        () -> cluster.isReady("movable", REPLICAS) && replaced(before),
        cluster::pods);
  }

  private static boolean replaced(Set<String> before) {
    Set<String> now = pods();
    now.retainAll(before);
    return now.isEmpty();
  }

  private static Set<String> pods() {
    Set<String> found = new HashSet<>();
    for (JsonNode pod : cluster.get("/api/v1/pods").path("items")) {
      found.add(pod.at("/metadata/uid").asString());
    }
    return found;
  }
}
