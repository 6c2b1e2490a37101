package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StatusCommandTest {
  @Test
  void a_node_that_is_cordoned_says_so() {
    ObjectNode node = Json.object();
    assertThat(StatusCommand.standing(node)).isEqualTo("Unknown");
    node.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True");
    assertThat(StatusCommand.standing(node)).isEqualTo("True");
    node.putObject("spec").put("unschedulable", true);
    assertThat(StatusCommand.standing(node)).isEqualTo("True (cordoned: takes no new pods)");
  }
}
