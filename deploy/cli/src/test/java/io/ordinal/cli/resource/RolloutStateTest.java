package io.ordinal.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.document.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RolloutStateTest {
  private final ObjectNode set = Json.object();
  private final ObjectNode spec = set.putObject("spec");
  private final ObjectNode status = set.putObject("status");

  RolloutStateTest() {
    set.putObject("metadata").put("generation", 4);
    spec.put("replicas", 3);
    status.put("observedGeneration", 4).put("readyReplicas", 3).put("updatedReplicas", 3);
    status.put("currentReplicas", 3).put("currentRevision", "web-1").put("updateRevision", "web-1");
  }

  @Test
  void a_change_must_have_been_seen() {
    status.put("observedGeneration", 3);
    assertWaits("Waiting for statefulset spec update to be observed...");
  }

  @Test
  void every_pod_must_be_ready() {
    status.put("readyReplicas", 1);
    assertWaits("Waiting for 2 pods to be ready...");
  }

  @Test
  void every_pod_must_be_of_the_new_revision() {
    status.put("updateRevision", "web-2").put("updatedReplicas", 1);
    assertWaits("waiting for statefulset rolling update to complete 1 pods at revision web-2...");
  }

  @Test
  void a_partition_asks_only_for_the_ordinals_above_it() {
    spec.putObject("updateStrategy").putObject("rollingUpdate").put("partition", 2);
    status.put("updateRevision", "web-2").put("updatedReplicas", 0);
    assertWaits(
        "Waiting for partitioned roll out to finish: 0 out of 1 new pods have been updated...");
    status.put("updatedReplicas", 1);
    assertThat(RolloutState.of(set).complete()).isTrue();
  }

  @Test
  void is_complete_when_all_are_ready_and_of_one_revision() {
    assertThat(RolloutState.of(set))
        .isEqualTo(
            new RolloutState(
                "statefulset rolling update complete 3 pods at revision web-1...", true));
  }

  @Test
  void of_a_set_that_users_update_nothing_can_be_told() {
    spec.putObject("updateStrategy").put("type", "OnDelete");
    assertThatThrownBy(() -> RolloutState.of(set)).hasMessageContaining("RollingUpdate");
  }

  private void assertWaits(String message) {
    assertThat(RolloutState.of(set)).isEqualTo(new RolloutState(message, false));
  }
}
