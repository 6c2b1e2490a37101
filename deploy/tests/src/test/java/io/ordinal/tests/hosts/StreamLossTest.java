package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.tests.Shell;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams to a pod of a machine on which no controller runs: by every controller, and what becomes
 * of them when one of the three that they need is lost.
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
  private static final String TALKER =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: talker, annotations: {ordinal.io/failover: manual}}
      spec:
        serviceName: talker
        replicas: 1
        selector: {matchLabels: {app: talker}}
        template:
          metadata: {labels: {app: talker}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
              - name: main
                image: busybox
                command: ["sh", "-c", "i=0; while sleep 0.2; do i=$((i+1)); echo line $i; done"]
              - name: redis
                image: redis:7.0
                command: ["redis-server", "--port", "6399", "--bind", "$(POD_IP)", "--save", "",
                  "--protected-mode", "no"]
                env:
                  - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
      """;

  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(4);
    cluster = LabCluster.start(lab, LabCluster.Shape.apart(3, 1, SETTINGS));
    cluster.apply(TALKER);
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void every_controller_leads_to_the_pod(int controller) throws IOException {
    Shell.Result seen =
        cluster.kubectl(
            controller, "in\n", "exec", "-i", POD, "-c", "main", "--", "sh", "-c", "cat; exit 7");
    assertThat(seen.out()).isEqualTo("in\n");
    assertThat(seen.code()).isEqualTo(7);
    byte[] bytes = new byte[1_000_000];
    new Random(controller).nextBytes(bytes);
    Path mine = Files.write(lab.directory().resolve("mine" + controller), bytes);
    Path there = lab.shared().resolve("there" + controller);
    Path back = lab.directory().resolve("back" + controller);
    cluster.kubectl(controller, "", "cp", mine.toString(), POD + ":" + there, "-c", "main").ok();
    cluster.kubectl(controller, "", "cp", POD + ":" + there, back.toString(), "-c", "main").ok();
    assertThat(back).hasBinaryContent(bytes);
    int port = freePort();
    try (LabClient logs =
            LabClient.of(cluster, controller, "logs", "-f", POD, "-c", "main", "--tail=1");
        LabClient forward =
            LabClient.of(cluster, controller, "port-forward", POD, port + ":6399")) {
      forward.awaitText("Forwarding from", PATIENCE);
      List<String> ping = List.of("redis-cli", "-p", Integer.toString(port), "ping");
      assertThat(Shell.run(Map.of(), PATIENCE, "", ping).ok()).isEqualTo("PONG\n");
      Until.within(PATIENCE, "lines that follow", () -> logs.text().lines().count() > 4);
    }
  }

  @Test
  void a_node_that_freezes_is_told_of_and_nothing_is_left_there_when_it_is_back()
      throws IOException {
    try (LabClient exec = sleeping(0, "4741");
        LabClient forward = LabClient.of(cluster, 1, "port-forward", POD, freePort() + ":6399")) {
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
