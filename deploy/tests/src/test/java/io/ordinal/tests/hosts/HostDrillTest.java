package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.tests.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Drills over several hosts: a node that is cut off, and the controller that leads the drill. */
@Tag("long")
class HostDrillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int NODE = 3;
  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(4);
    String settings = "ordinal.agent.drills.enabled = true";
    cluster = LabCluster.start(lab, LabCluster.Shape.of(3, 4, settings));
    cluster.apply(Workloads.movable("movable", 4));
    cluster.awaitReady("movable", 4, PATIENCE);
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @Test
  void the_replicas_of_a_node_that_is_cut_off_come_back_elsewhere_and_never_twice() {
    try (Witness witness = new Witness(lab::owns)) {
      JsonNode status = drill("cut", "\"node\": \"" + lab.host(NODE).name() + "\"", "CutOff", 40);
      assertThat(status.path("verdict").asString("")).as("%s", status).isEqualTo("Passed");
      assertThat(status.at("/times/fencedMillis").asLong(-1)).isPositive();
      assertThat(status.at("/times/readyMillis").asLong(-1)).isPositive();
      int moved = 0;
      for (JsonNode each : status.path("replicas")) {
        if (!each.path("forecast").asString("").equals("Moves")) continue;
        moved++;
        assertThat(each.at("/after/node").asString("")).isNotEqualTo(lab.host(NODE).name());
        assertThat(each.path("overlapMillis").asLong(-1)).as("%s", each).isZero();
      }
      assertThat(moved).isPositive();
      assertThat(witness.overlaps()).isEqualTo(List.of());
    }
  }

  @Test
  void a_drill_outlives_the_controller_that_leads_it() {
    int leading = cluster.singleton();
    String name = lab.host(leading).name();
    JsonNode status = drill("frozen", "\"controller\": \"" + name + "\"", "Freeze", 25);
    assertThat(status.path("verdict").asString("")).as("%s", status).isEqualTo("Passed");
    cluster.awaitWhole(PATIENCE);
  }

  @Test
  void a_killed_controller_is_missed_only_until_another_has_taken_its_place() throws Exception {
    cluster.awaitWhole(PATIENCE);
    cluster.awaitReady("movable", 4, PATIENCE);
    int killed = cluster.singleton();
    Host asker = lab.host((killed + 1) % 3);
    Path told = asker.directory().configuration(); // Where the command looks for the member.
    Files.copy(asker.configuration(), told, StandardCopyOption.REPLACE_EXISTING);
    String name = lab.host(killed).name();
    String data = asker.directory().path().toString();
    CompletableFuture<Shell.Result> drill =
        CompletableFuture.supplyAsync(
            () ->
                asker.ordinal(
                    "drill --data-dir %s controller %s --yes --duration 4s --ready-for 1s --name killed"
                        .formatted(data, name)
                        .split(" ")));
    Until.within(PATIENCE, "the end of " + name, () -> lab.host(killed).member().isEmpty());
    lab.host(killed).start(); // As systemd would.
    System.out.println(drill.join().all());
    JsonNode status = cluster.get("/apis/ordinal.io/v1/drills/killed").path("status");
    assertThat(status.path("verdict").asString("")).as("%s", status).isEqualTo("Passed");
    assertThat(status.at("/service/writes/longestGapMillis").asLong(-1)).isBetween(1L, 15_000L);
    assertThat(status.at("/service/sequencingMillis").asLong(-1)).isBetween(1L, 20_000L);
    System.out.println(cluster.kubectl(asker.index(), "", "get", "drills").ok());
    System.out.println(
        asker.ordinal("drill", "--data-dir", data, "show", "killed", "-o", "junit").ok());
  }

  private static JsonNode drill(String name, String target, String way, int seconds) {
    cluster.awaitWhole(PATIENCE);
    cluster.awaitReady("movable", 4, PATIENCE);
    String drill =
        """
        {"apiVersion": "ordinal.io/v1", "kind": "Drill", "metadata": {"name": "%s"}, "spec": {
          "target": {%s}, "way": "%s", "duration": "%ds", "timeout": "5m",
          "sets": ["default/movable"]}}
        """
            .formatted(name, target, way, seconds);
    cluster.any(api -> api.post("/apis/ordinal.io/v1/drills", drill)).ok();
    String path = "/apis/ordinal.io/v1/drills/" + name;
    Until.within(
        PATIENCE.multipliedBy(2),
        "the verdict of " + name,
        () -> cluster.get(path).at("/status/phase").asString("").equals("Done"),
        () -> cluster.any(api -> api.get(path)).toString());
    JsonNode status = cluster.get(path).path("status");
    return status;
  }
}
