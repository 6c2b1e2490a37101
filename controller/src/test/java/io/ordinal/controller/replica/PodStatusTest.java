package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PodStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final Incarnation LIFE = new Incarnation(7);
  private static final ContainerState IDLE = new ContainerState.Waiting("PodInitializing", "");

  @Test
  void a_pod_whose_init_container_runs_is_not_initialized() {
    JsonNode status = after(Phase.PREPARING, init(new ContainerState.Running(NOW)), main(IDLE));
    assertThat(condition(status, "Initialized"))
        .isEqualTo(
            "False ContainersNotInitialized containers with incomplete status: [first second]");
    assertThat(condition(status, "Ready"))
        .isEqualTo("False ContainersNotReady containers with unready status: [main]");
    assertThat(reasons(status, "initContainerStatuses")).containsExactly("", "PodInitializing");
    assertThat(reasons(status, "containerStatuses")).containsExactly("PodInitializing");
  }

  @Test
  void a_pod_whose_init_container_failed_never_was_initialized() {
    JsonNode status = after(Phase.ENDED, init(ended(4)), main(IDLE));
    assertThat(status.path("phase").asString()).isEqualTo("Failed");
    assertThat(condition(status, "Initialized"))
        .isEqualTo(
            "False ContainersNotInitialized containers with incomplete status: [first second]");
    assertThat(condition(status, "Ready")).isEqualTo("False PodFailed ");
    assertThat(condition(status, "ContainersReady")).isEqualTo("False PodFailed ");
  }

  @Test
  void a_pod_that_completed_says_so_in_its_conditions() {
    JsonNode status = after(Phase.ENDED, init(ended(0)), main(ended(0)));
    assertThat(condition(status, "Initialized")).isEqualTo("True PodCompleted ");
    assertThat(condition(status, "Ready")).isEqualTo("False PodCompleted ");
  }

  private static ContainerStatus init(ContainerState state) {
    boolean done = state instanceof ContainerState.Terminated end && end.exitCode() == 0;
    return new ContainerStatus("first", "x", done, false, 0, state, Optional.empty(), "");
  }

  private static ContainerStatus main(ContainerState state) {
    return new ContainerStatus("main", "x", false, false, 0, state, Optional.empty(), "");
  }

  private static ContainerState ended(int code) {
    return new ContainerState.Terminated(code, 0, "", "", NOW, NOW);
  }

  private static JsonNode after(Phase phase, ContainerStatus init, ContainerStatus main) {
    return after(
        new LifeStatus(
            ReplicaWorld.WEB_0,
            LIFE,
            1,
            phase,
            false,
            Optional.of("127.64.0.2"),
            Optional.of(NOW),
            List.of(init),
            List.of(main),
            "",
            "",
            false));
  }

  private static JsonNode after(LifeStatus report) {
    String pod =
        "{\"spec\":{\"initContainers\":[{\"name\":\"first\"},{\"name\":\"second\"}],"
            + "\"containers\":[{\"name\":\"main\"}]}}";
    PodDocument document = PodDocument.of(Json.object(pod.getBytes(StandardCharsets.UTF_8)));
    return PodStatus.reported(document, report, NOW).object().status();
  }

  private static String condition(JsonNode status, String type) {
    for (JsonNode each : status.path("conditions")) {
      if (!each.path("type").asString("").equals(type)) continue;
      return String.join(
          " ",
          each.path("status").asString(""),
          each.path("reason").asString(""),
          each.path("message").asString(""));
    }
    return "none";
  }

  private static List<String> reasons(JsonNode status, String list) {
    return status
        .path(list)
        .valueStream()
        .map(each -> each.path("state").path("waiting").path("reason").asString(""))
        .toList();
  }
}
