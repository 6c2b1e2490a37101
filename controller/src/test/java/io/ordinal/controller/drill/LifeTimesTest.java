package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifeTimesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static LifeStatus status(Phase phase, ContainerState state) {
    ContainerStatus container =
        new ContainerStatus("c", "i", true, true, 0, state, Optional.empty(), "process://1");
    return new LifeStatus(
        new ReplicaId("default", "web-0"),
        new Incarnation(7),
        1,
        phase,
        true,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(container),
        "",
        "",
        true);
  }

  private static ContainerState ended(Instant from, Instant to, String reason) {
    return new ContainerState.Terminated(137, 9, reason, "", from, to);
  }

  @Test
  void a_life_begins_with_its_first_process_and_ends_with_its_last() {
    LifeEvidence running =
        LifeTimes.of(
            status(Phase.RUNNING, new ContainerState.Running(NOON)), "n1", Optional.empty());
    assertThat(running.started()).contains(NOON);
    assertThat(running.ended()).isEmpty();
    LifeEvidence over =
        LifeTimes.of(
            status(Phase.ENDED, ended(NOON.plusSeconds(3), NOON.plusSeconds(9), "Error")),
            "n1",
            Optional.of(running));
    assertThat(over.started()).contains(NOON); // The container was restarted meanwhile.
    assertThat(over.ended()).contains(NOON.plusSeconds(9));
  }

  @Test
  void an_end_that_was_only_found_later_is_no_evidence() {
    LifeEvidence found =
        LifeTimes.of(
            status(Phase.ENDED, ended(NOON, NOON.plusSeconds(9), "ContainerStatusUnknown")),
            "n1",
            Optional.empty());
    assertThat(found.ended()).isEmpty();
  }

  @Test
  void a_container_that_ended_ends_no_life_that_goes_on() {
    LifeEvidence found =
        LifeTimes.of(
            status(Phase.RUNNING, ended(NOON, NOON.plusSeconds(9), "Error")),
            "n1",
            Optional.empty());
    assertThat(found.ended()).isEmpty();
  }
}
