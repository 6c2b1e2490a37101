package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a new user does first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CounterWalkTest {
  private static final Cluster CLUSTER = Cluster.prepared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @AfterAll
  static void down() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void up_shows_the_replicas_coming_up_one_after_another() {
    String out = CLUSTER.ordinal("up", "-f", CLUSTER.example("counter.yaml").toString()).ok();
    assertThat(out)
        .contains(
            "statefulset.apps/counter created",
            "export KUBECONFIG=",
            "kubectl get",
            "ordinal down");
    for (int ordinal = 1; ordinal < 3; ordinal++) {
      int ready = out.indexOf("counter-" + (ordinal - 1) + " ", out.indexOf("1/1") - 60);
      assertThat(ready).as("counter-%d appears", ordinal - 1).isNotNegative();
    }
    assertThat(out.lines().filter(line -> line.contains("1/1")).map(CounterWalkTest::replica))
        .startsWith("counter-0", "counter-1", "counter-2");
  }

  @Test
  @Order(2)
  void a_second_up_finds_it_running_and_applies() {
    assertThat(CLUSTER.ordinal("up", "-f", CLUSTER.example("counter.yaml").toString()).ok())
        .contains("Ordinal runs on", "statefulset.apps/counter unchanged");
  }

  @Test
  @Order(3)
  void every_replica_counts_on_its_own_volume_and_tells_who_it_is() throws Exception {
    assertThat(request(0)).contains("name=counter-0", "ordinal=0", "count=1");
    assertThat(request(0)).contains("count=2");
    assertThat(request(1)).contains("name=counter-1", "ordinal=1", "count=1");
    assertThat(request(2)).contains("incarnation=" + CLUSTER.incarnation("counter-2"));
  }

  @Test
  @Order(4)
  void down_leaves_the_workloads_running_and_up_finds_the_same_processes_again() throws Exception {
    var before = CLUSTER.processesOf("counter-0").stream().map(ProcessHandle::pid).toList();
    String address = CLUSTER.address("counter-0");
    assertThat(CLUSTER.ordinal("down").ok())
        .contains("stopped the member", "every workload goes on running");
    assertThat(CLUSTER.ordinal("status").code()).isEqualTo(3);
    assertThat(ask(address)).contains("count=3");
    CLUSTER.ordinal("up").ok();
    CLUSTER.awaitReady("counter", 3);
    assertThat(before).isNotEmpty();
    assertThat(CLUSTER.processesOf("counter-0").stream().map(ProcessHandle::pid))
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(request(0)).contains("count=4");
  }

  @Test
  @Order(5)
  void down_with_stop_workloads_ends_every_process_and_up_brings_the_data_back() throws Exception {
    CLUSTER.ordinal("down", "--stop-workloads").ok();
    assertThat(CLUSTER.processesOf("counter-0")).isEmpty();
    assertThat(CLUSTER.directory().lastStop()).hasContent("3 workloads stopped");
    CLUSTER.ordinal("up").ok();
    CLUSTER.awaitReady("counter", 3);
    assertThat(request(0)).contains("count=5");
  }

  private static String replica(String line) {
    return line.strip().split("\\s+")[1];
  }

  private static String request(int ordinal) throws IOException, InterruptedException {
    return ask(CLUSTER.address("counter-" + ordinal));
  }

  private static String ask(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":8080/")).build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }
}
