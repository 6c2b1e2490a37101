package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user learns about images from {@code kubectl describe pod}. */
class ImagesTest {
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  private static void run(String name, String image) {
    cluster.apply(Manifest.sleepers(name, 1).replace("image: busybox", "image: " + image)).ok();
  }

  private static void soonDescribes(String pod, String... texts) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(cluster.kubectl("describe", "pod", pod).ok()).contains(texts));
  }

  @Test
  void a_tag_that_the_catalogue_does_not_name_runs_and_an_event_says_so() {
    run("newer", "redis:9.9");
    cluster.awaitReady("newer", 1);
    soonDescribes("newer-0", "Pulled", "\"redis:9.9\"", "the catalogue names", "9.9 runs the same");
  }

  @Test
  void an_unknown_image_waits_and_says_where_to_add_it() {
    run("unknown", "example.org/nobody/knows:1");
    soonDescribes(
        "unknown-0",
        "ErrImagePull",
        "image \"example.org/nobody/knows:1\" is not in this node's catalogue: add a file such as",
        "deploy/images/knows.conf");
    String waiting = "jsonpath={.status.containerStatuses[0].state.waiting.reason}";
    assertThat(cluster.kubectl("get", "pod", "unknown-0", "-o", waiting).ok())
        .isIn("ErrImagePull", "ImagePullBackOff");
  }
}
