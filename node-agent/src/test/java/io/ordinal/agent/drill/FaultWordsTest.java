package io.ordinal.agent.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultWordsTest {
  @Test
  void faults_are_told_as_people_say_them() {
    ReplicaId replica = new ReplicaId("default", "web-0");
    assertThat(
            Stream.of(
                    new Fault.KillMember(false),
                    new Fault.KillMember(true),
                    new Fault.FreezeMember(),
                    new Fault.CutOff(List.of()),
                    new Fault.CutOff(List.of("10.0.0.1", "10.0.0.2")),
                    new Fault.KillReplica(replica),
                    new Fault.FreezeReplica(replica),
                    new Fault.Stop())
                .map(fault -> fault.match(FaultWords.INSTANCE)))
        .containsExactly(
            "kill the member",
            "kill the member and its workloads",
            "freeze the member",
            "cut the machine off",
            "cut the machine off from 10.0.0.1, 10.0.0.2",
            "kill default/web-0",
            "freeze default/web-0",
            "stop the member in order");
  }

  @Test
  void so_is_what_becomes_of_them() {
    Injected.State active = Injected.State.ACTIVE;
    Injected told = new Injected("n1", "d", active, "frozen", Instant.EPOCH, Optional.empty());
    assertThat(told.inWords()).isEqualTo("the fault of drill d on n1 is at work: frozen");
  }
}
