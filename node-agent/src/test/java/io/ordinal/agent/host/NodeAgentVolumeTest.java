package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an agent answers when a volume is to be removed. */
class NodeAgentVolumeTest {
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));

  private final ActorTestKit kit = ActorTestKit.create();
  private final FakeMachine machine = new FakeMachine();
  private final FakeControllers controllers = new FakeControllers(Duration.ofSeconds(20));
  private final Agents agents = new Agents(kit, machine, controllers);

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void a_volume_is_removed_only_when_no_life_uses_it() {
    controllers.place(LIFE, NodeAgentVolumeTest::withVolume);
    agents.start(machine.newAgent(Integer.MAX_VALUE, false));
    AgentCommand start = new AgentCommand.Start(LIFE.replica(), LIFE.incarnation());
    soon(() -> told(start) && controllers.status(LIFE).filter(LifeStatus::ready).isPresent());
    AgentCommand remove = new AgentCommand.RemoveVolume("pvc-1");
    AgentCommand other = new AgentCommand.RemoveVolume("pvc-2");
    soon(() -> told(remove) && controllers.obstacle("pvc-1").isPresent());
    assertThat(controllers.obstacle("pvc-1").get()).contains("a life on this node uses it");
    soon(() -> told(other) && controllers.obstacle("pvc-2").equals(Optional.of("")));

    AgentCommand stop =
        new AgentCommand.Stop(LIFE.replica(), LIFE.incarnation(), Duration.ofSeconds(5));
    soon(
        () ->
            told(stop)
                && controllers
                    .status(LIFE)
                    .filter(status -> status.phase() == Phase.ENDED)
                    .isPresent());
    soon(() -> told(remove) && controllers.obstacle("pvc-1").equals(Optional.of("")));
  }

  private static LifeOrder withVolume(Session session) {
    LifeOrder bare =
        Lives.order(
            LIFE.incarnation(),
            session,
            false,
            RestartPolicy.ALWAYS,
            List.of(),
            List.of(Lives.plain("main")));
    return new LifeOrder(
        bare.replica(),
        bare.incarnation(),
        bare.session(),
        bare.podUid(),
        bare.fenced(),
        bare.hostname(),
        bare.set(),
        bare.ordinal(),
        bare.restartPolicy(),
        bare.terminationGrace(),
        bare.initContainers(),
        bare.containers(),
        List.of(
            new VolumeOrder.Claimed(
                "data", "pvc-1", "data-db-0", false, new VolumeOrder.Local("", ""))),
        bare.labels(),
        bare.annotations(),
        bare.address());
  }

  private boolean told(AgentCommand command) {
    controllers.tell(command);
    return true;
  }

  private static void soon(Callable<Boolean> fact) {
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10)).until(fact);
  }
}
