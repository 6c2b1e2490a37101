package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.tests.Shell;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What becomes of streams to a pod of a machine on which no controller runs when one of the three
 * that they need is lost.
 */
@Tag("long")
class StreamLossTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int NODE = 3;
  private static final String POD = "talker-0";
  private static final String SETTINGS =
      """
      ordinal.api.stream { beat = 500ms, silence = 4s }
      ordinal.agent.streams { beat = 500ms, silence = 4s }
      """;
  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(4);
    cluster = LabCluster.start(lab, LabCluster.Shape.apart(3, 1, SETTINGS));
    cluster.apply(Talker.set("talker", lab.host(NODE)));
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @BeforeEach
  void whole() {
    cluster.awaitWhole(PATIENCE);
    cluster.awaitReady("talker", 1, PATIENCE);
  }

  @Test
  void a_node_that_freezes_is_told_of_and_nothing_is_left_there_when_it_is_back()
      throws IOException {
    try (LabClient exec = sleeping(0, "4741");
        LabClient forward =
            LabClient.of(cluster, 1, "port-forward", POD, Talker.ports(LabClient.freePort()))) {
      forward.awaitText("Forwarding from", PATIENCE);
      Kernel.signal("STOP", lab.host(NODE).member().orElseThrow().pid());
      exec.awaitEnd(PATIENCE);
      assertThat(exec.text()).contains("the node was not heard of any more");
      Shell.Result late = cluster.kubectl(2, "", "exec", POD, "-c", "main", "--", "true");
      assertThat(late.code()).isEqualTo(1);
      assertThat(late.err()).contains("the agent of node h3 did not answer");
    } finally {
      Kernel.signal("CONT", lab.host(NODE).member().orElseThrow().pid());
    }
    Until.within(PATIENCE, "the end of what was left", () -> sleepers("4741") == 0);
  }

  @Test
  void a_node_that_is_cut_off_is_told_of_and_ends_what_runs_there_by_itself() {
    try (LabClient exec = sleeping(1, "4742")) {
      lab.cable(lab.host(NODE), false);
      exec.awaitEnd(PATIENCE);
      assertThat(exec.text()).contains("the node was not heard of any more");
      Until.within(PATIENCE, "the end of what was left", () -> sleepers("4742") == 0);
    } finally {
      lab.cable(lab.host(NODE), true);
    }
  }

  @Test
  void what_a_killed_controller_led_to_ends_on_the_node() {
    try (LabClient exec = sleeping(2, "4743");
        LabClient logs = LabClient.of(cluster, 2, "logs", "-f", POD, "-c", "main", "--tail=1")) {
      Until.within(PATIENCE, "lines", () -> logs.text().contains("line"));
      lab.host(2).killMember();
      exec.awaitEnd(PATIENCE);
      logs.awaitEnd(PATIENCE);
      assertThat(exec.code()).isEqualTo(1);
      assertThat(exec.text()).contains("error");
      Until.within(PATIENCE, "the end of what was left", () -> sleepers("4743") == 0);
      Shell.Result other =
          cluster.kubectl(0, "", "exec", POD, "-c", "main", "--", "echo", "still here");
      assertThat(other.ok()).isEqualTo("still here\n");
    } finally {
      lab.host(2).start();
    }
  }

  /** A command in the pod that sleeps for long, and runs. */
  private static LabClient sleeping(int controller, String seconds) {
    LabClient client =
        LabClient.of(cluster, controller, "exec", POD, "-c", "main", "--", "sleep", seconds);
    Until.within(PATIENCE, "the command", () -> sleepers(seconds) == 1, client::text);
    return client;
  }

  private static long sleepers(String seconds) {
    return Kernel.pids().stream()
        .filter(each -> Kernel.title(each).strip().equals("sleep " + seconds))
        .count();
  }
}
