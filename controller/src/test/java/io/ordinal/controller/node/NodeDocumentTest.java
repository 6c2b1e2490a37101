package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static io.ordinal.controller.node.NodeFixtures.inventory;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.NodeDocument.Readiness;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class NodeDocumentTest {
  private static final Session SESSION = new Session(ALPHA, STATE, "boot-1", 5);
  private static final Instant LATER = NOW.plusSeconds(60);

  @Test
  void a_new_node_says_what_a_kubelet_says() {
    ApiObject node = fresh();

    assertThat(node.kind()).isEqualTo("Node");
    assertThat(node.uid()).isEqualTo("uid-1");
    assertThat(node.labels())
        .containsEntry("kubernetes.io/hostname", "alpha")
        .containsEntry("kubernetes.io/os", "linux")
        .containsEntry("kubernetes.io/arch", "amd64")
        .containsEntry("rack", "r1");
    assertThat(node.status().path("capacity").toString())
        .isEqualTo("{\"cpu\":\"2\",\"memory\":\"4Gi\",\"pods\":\"110\"}");
    assertThat(node.status().path("allocatable")).isEqualTo(node.status().path("capacity"));
    assertThat(node.status().path("nodeInfo").path("kernelVersion").asString(""))
        .isEqualTo("6.1.0");
    assertThat(node.status().path("addresses").toString())
        .isEqualTo(
            "[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"},"
                + "{\"type\":\"Hostname\",\"address\":\"alpha\"}]");
    assertThat(status(node, "Ready")).isEqualTo("True");
    assertThat(status(node, "MemoryPressure")).isEqualTo("False");
  }

  @Test
  void traits_of_the_machine_are_conditions_or_annotations() {
    ApiObject node = fresh();
    assertThat(status(node, "ordinal.io/MountNamespaces")).isEqualTo("True");
    assertThat(node.annotations()).containsEntry("ordinal.io/cgroup", "v2");
  }

  @Test
  void registering_again_unchanged_changes_nothing() {
    ApiObject node = fresh();
    assertThat(registered(node, LATER)).isEqualTo(node.tree());
  }

  @Test
  void what_clients_put_there_stays() {
    ObjectNode tree = fresh().copy();
    tree.withObjectProperty("spec").put("unschedulable", true);
    tree.withObjectProperty("spec").withArrayProperty("taints").addObject().put("key", "mine");
    tree.withObjectProperty("metadata").withObjectProperty("labels").put("disk", "ssd");

    ApiObject node = new ApiObject(registered(new ApiObject(tree), LATER));

    assertThat(node.spec().path("unschedulable").asBoolean(false)).isTrue();
    assertThat(node.labels()).containsEntry("disk", "ssd");
    assertThat(taints(node)).isEqualTo("[{\"key\":\"mine\"}]");
  }

  @Test
  void a_late_node_is_unknown_and_tainted_until_it_is_back() {
    ApiObject late = new ApiObject(NodeDocument.faring(fresh(), Readiness.LATE, LATER));
    assertThat(status(late, "Ready")).isEqualTo("Unknown");
    assertThat(taints(late)).contains("node.kubernetes.io/unreachable", "NoSchedule");
    assertThat(condition(late, "Ready").path("lastTransitionTime").asString(""))
        .isEqualTo(LATER.toString());

    ApiObject fenced = new ApiObject(NodeDocument.faring(late, Readiness.fenced(SESSION), LATER));
    assertThat(status(fenced, "Ready")).isEqualTo("False");
    assertThat(taints(fenced)).contains("not-ready").doesNotContain("unreachable");

    ApiObject back = new ApiObject(registered(fenced, LATER));
    assertThat(status(back, "Ready")).isEqualTo("True");
    assertThat(back.spec().has("taints")).isFalse();
  }

  @Test
  void a_heartbeat_is_written_only_after_its_pause() {
    ApiObject node = fresh();
    Duration pause = Duration.ofMinutes(5);
    Instant soon = NOW.plus(pause).minusSeconds(1);
    assertThat(NodeDocument.beating(node, pause, soon)).isEqualTo(node.tree());

    Instant due = NOW.plus(pause);
    ApiObject beaten = new ApiObject(NodeDocument.beating(node, pause, due));
    assertThat(condition(beaten, "Ready").path("lastHeartbeatTime").asString(""))
        .isEqualTo(due.toString());
    assertThat(condition(beaten, "Ready").path("lastTransitionTime").asString(""))
        .isEqualTo(NOW.toString());
  }

  @Test
  void a_heartbeat_that_a_client_wrote_is_written_over() {
    Duration pause = Duration.ofMinutes(5);
    for (String never : List.of("9999-12-31T23:59:59Z", "+1000000000-12-31T23:59:59Z", "x")) {
      ObjectNode tree = fresh().copy();
      for (JsonNode each : tree.path("status").path("conditions")) {
        ((ObjectNode) each).put("lastHeartbeatTime", never).put("lastTransitionTime", never);
      }
      ApiObject beaten = new ApiObject(NodeDocument.beating(new ApiObject(tree), pause, NOW));
      assertThat(condition(beaten, "Ready").path("lastHeartbeatTime").asString(""))
          .isEqualTo(NOW.toString());
    }
    ObjectNode wrong = fresh().copy();
    ((ObjectNode) wrong.at("/status/conditions/0"))
        .put("type", "Ready")
        .put("lastTransitionTime", "x");
    assertThat(NodeConditions.since(new ApiObject(wrong), "Ready")).isEmpty();
  }

  private static ApiObject fresh() {
    return new ApiObject(
        NodeDocument.registered(
            Optional.empty(), SESSION, inventory(), Readiness.READY, "uid-1", NOW));
  }

  private static ObjectNode registered(ApiObject existing, Instant now) {
    return NodeDocument.registered(
        Optional.of(existing), SESSION, inventory(), Readiness.READY, "uid-2", now);
  }

  private static String taints(ApiObject node) {
    return node.spec().path("taints").toString();
  }

  private static String status(ApiObject node, String type) {
    return condition(node, type).path("status").asString("");
  }

  private static JsonNode condition(ApiObject node, String type) {
    for (JsonNode each : node.status().path("conditions")) {
      if (each.path("type").asString("").equals(type)) return each;
    }
    throw new AssertionError("no condition " + type + " in " + node.tree());
  }
}
