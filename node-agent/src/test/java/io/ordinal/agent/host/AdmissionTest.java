package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.lifecycle.Fact;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.agent.workload.HostedLife;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static StoredLife life(boolean fenced) {
    return HostedLife.beginning(
        Lives.order(
            new Incarnation(7),
            Lives.SESSION,
            fenced,
            RestartPolicy.ALWAYS,
            List.of(),
            List.of(Lives.plain("main"))),
        Instant.EPOCH);
  }

  @Test
  void what_is_wanted_begins() {
    assertThat(new Admission(Optional.empty(), false, false).of(life(true)).facts()).isEmpty();
    assertThat(new Admission(Optional.empty(), false, true).of(life(false)).facts()).isEmpty();
  }

  @Test
  void what_was_declared_over_meanwhile_ends_at_once() {
    assertThat(new Admission(Optional.empty(), true, false).of(life(false)).facts())
        .containsExactly(new Fact.StopWanted(Duration.ZERO, "", ""));
  }

  @Test
  void what_was_to_stop_meanwhile_ends_in_its_own_time() {
    Duration grace = Duration.ofSeconds(9);
    AgentCommand.Stop stop = new AgentCommand.Stop(Lives.REPLICA, new Incarnation(7), grace);
    assertThat(new Admission(Optional.of(stop), false, false).of(life(false)).facts())
        .containsExactly(new Fact.StopWanted(grace, "", ""));
  }

  @Test
  void what_lost_its_lease_meanwhile_says_so() {
    assertThat(new Admission(Optional.empty(), true, true).of(life(true)).facts())
        .containsExactly(new Fact.StopWanted(Duration.ZERO, Admission.EXPIRED, Admission.RAN_OUT));
  }
}
