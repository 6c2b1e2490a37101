package io.ordinal.controller.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SetConditionsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  void a_set_tells_which_of_its_pods_are_kept_and_which_are_not_heard_of() {
    ObjectNode status = Json.object();
    SetConditions.show(status, List.of(pod("web-0", "", "")), NOW);
    assertThat(status.isEmpty()).as("nothing is known yet").isTrue();

    SetConditions.show(status, List.of(pod("web-0", "True", ""), pod("web-1", "False", "")), NOW);
    assertThat(status.toString()).contains("ordinal.io/Failover", "Mixed", "web-1");
    assertThat(status.toString()).doesNotContain("ordinal.io/NodeLost");

    SetConditions.show(status, List.of(pod("web-0", "True", "NodeLost")), NOW);
    assertThat(status.toString()).contains("Automatic", "not heard of: web-0");
    String before = status.toString();
    SetConditions.show(status, List.of(pod("web-0", "True", "NodeLost")), NOW.plusSeconds(9));
    assertThat(status.toString()).isEqualTo(before);

    SetConditions.show(status, List.of(pod("web-0", "True", "")), NOW);
    assertThat(status.toString()).contains("AllHeardOf").doesNotContain("not heard of");
  }

  private static ApiObject pod(String name, String fenced, String notReady) {
    String json =
        ("{'metadata':{'name':'%s'},'status':{'conditions':["
                + "{'type':'ordinal.io/Fenced','status':'%s'},{'type':'Ready','reason':'%s'}]}}")
            .formatted(name, fenced, notReady)
            .replace('\'', '"');
    return new ApiObject(Json.object(json.getBytes(StandardCharsets.UTF_8)));
  }
}
