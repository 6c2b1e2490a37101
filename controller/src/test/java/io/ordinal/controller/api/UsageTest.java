package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.NodeUsage.Amount;
import io.ordinal.protocol.agent.NodeUsage.OfContainer;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What kubectl top asks for. */
class UsageTest {
  private static final String METRICS = "/apis/metrics.k8s.io/v1beta1";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
    node("n1", "True");
    node("away", "False");
    node("mute", "True");
    pod("web-0", "n1");
    pod("web-1", "away");
    pod("young", "n1");
    api.usages.willTell(
        "n1",
        new NodeUsage(
            Instant.parse("2026-01-01T00:00:00.5Z"),
            Duration.ofMillis(1500),
            new Amount(1_500_000_000, 2L << 30),
            List.of(
                new OfContainer(
                    new ReplicaId("default", "web-0"), "c", new Amount(250_400_000, 5L << 20)),
                new OfContainer(new ReplicaId("other", "young"), "c", new Amount(1, 1)))));
    api.usages.willTell(
        "away", new NodeUsage(Instant.EPOCH, Duration.ZERO, new Amount(0, 0), List.of()));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void nodes_that_are_ready_and_answer_are_listed() {
    JsonNode list = ok(api.get(METRICS + "/nodes")).json();
    assertThat(list.path("kind").asString()).isEqualTo("NodeMetricsList");
    assertThat(list.path("items")).hasSize(1);
    JsonNode node = list.path("items").get(0);
    assertThat(node.path("usage").toString())
        .isEqualTo("{\"cpu\":\"1500000000n\",\"memory\":\"2097152Ki\"}");
    assertThat(node.path("window").asString()).isEqualTo("1.5s");
    assertThat(node.path("timestamp").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(api.get(METRICS + "/nodes/mute").message())
        .isEqualTo("nodes.metrics.k8s.io \"mute\" not found");
  }

  @Test
  void pods_are_listed_with_their_containers_and_labels() {
    JsonNode list = ok(api.get(METRICS + "/namespaces/default/pods")).json();
    assertThat(list.path("items")).hasSize(1);
    JsonNode pod = list.path("items").get(0);
    assertThat(pod.at("/metadata/labels/app").asString()).isEqualTo("web");
    assertThat(pod.path("containers").toString())
        .isEqualTo("[{\"name\":\"c\",\"usage\":{\"cpu\":\"250400000n\",\"memory\":\"5120Ki\"}}]");
    assertThat(ok(api.get(METRICS + "/pods?labelSelector=app!=web")).json().path("items"))
        .isEmpty();
    assertThat(ok(api.get(METRICS + "/namespaces/default/pods/web-0")).json()).isEqualTo(pod);
    assertThat(api.get(METRICS + "/namespaces/default/pods/young").code()).isEqualTo(404);
  }

  @Test
  void a_table_sums_up() {
    JsonNode table = ok(api.get(METRICS + "/pods", TABLE)).json();
    assertThat(table.at("/rows/0/cells").toString())
        .isEqualTo("[\"web-0\",\"251m\",\"5Mi\",\"1.5s\"]");
  }

  @Test
  void it_can_only_be_read() {
    assertThat(api.delete(METRICS + "/nodes/n1", "").code()).isEqualTo(405);
    assertThat(api.get(METRICS + "/nodes?watch=true").code()).isEqualTo(405);
  }

  private static void node(String name, String ready) {
    ok(api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"" + name + "\"}}"));
    ok(
        api.patch(
            "/api/v1/nodes/" + name + "/status",
            "merge-patch+json",
            "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"" + ready + "\"}]}}"));
  }

  private static void pod(String name, String node) {
    ok(
        api.post(
            "/api/v1/namespaces/default/pods",
            "{\"metadata\":{\"name\":\""
                + name
                + "\",\"labels\":{\"app\":\"web\"}},\"spec\":{\"nodeName\":\""
                + node
                + "\",\"containers\":[{\"name\":\"c\",\"image\":\"counter:1\"}]}}"));
  }
}
