package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The disk of a controller's store is lost, replaced, and put back later, on three hosts. */
@Tag("long")
class LostDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LOST = 2;
  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(3);
    cluster = LabCluster.start(lab, LabCluster.Shape.of(3, 3, ""));
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @Test
  void a_disk_that_comes_back_is_out_and_what_took_its_place_goes_on_afterwards()
      throws IOException {
    Host host = lab.host(LOST);
    Path store = host.directory().store();
    Path old = store.resolveSibling("store.old");
    Path fresh = store.resolveSibling("store.fresh");
    Set<String> before = copies();

    host.stop();
    Files.move(store, old);
    host.start();
    cluster.awaitWhole(PATIENCE);
    Set<String> after = copies();
    assertThat(after).hasSize(3).isNotEqualTo(before);

    host.stop();
    Files.move(store, fresh);
    Files.move(old, store);
    host.start();
    Until.within(PATIENCE, "the old disk's member ends", () -> host.member().isEmpty());
    assertThat(host.output())
        .content()
        .contains(
            "if it lost its disk and this is that disk, put the one back in that took its place");
    assertThat(copies()).isEqualTo(after);

    Files.move(store, old);
    Files.move(fresh, store);
    host.start();
    cluster.awaitWhole(PATIENCE);
    assertThat(copies()).isEqualTo(after);
  }

  /** Which copies of the store have a vote. */
  private static Set<String> copies() {
    Set<String> copies = new HashSet<>();
    for (JsonNode each : cluster.api(0).get("/ordinal/v1/controllers").body().path("controllers")) {
      if (each.path("copy").asBoolean()) copies.add(each.path("id").asString());
    }
    return copies;
  }
}
