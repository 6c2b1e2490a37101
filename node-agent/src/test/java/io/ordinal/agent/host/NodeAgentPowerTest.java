package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine goes off with a kept life on it, and is switched on again. */
class NodeAgentPowerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));

  private final FakeMachine machine = new FakeMachine();
  private final FakeControllers controllers = new FakeControllers(Duration.ofSeconds(20));
  private final Agents agents = new Agents(KIT, machine, controllers);
  private ActorRef<NodeAgent.Command> agent;

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void running() {
    controllers.place(LIFE, false);
    switchOn();
    await().until(() -> controllers.hellos().size() == 1);
    await()
        .until(
            () -> {
              controllers.tell(new AgentCommand.Start(LIFE.replica(), LIFE.incarnation()));
              return controllers.status(LIFE).filter(LifeStatus::ready).isPresent();
            });
    assertThat(machine.starts()).isEqualTo(1);
  }

  @Test
  void what_was_given_away_meanwhile_begins_no_more() {
    switchOff();
    controllers.displace(LIFE); // An operator said, rightly, that the machine is off.
    switchOn();
    await()
        .until(() -> controllers.status(LIFE).filter(it -> it.phase() == Phase.ENDED).isPresent());
    assertThat(machine.starts()).isEqualTo(1);
    KIT.stop(agent);
  }

  @Test
  void nothing_begins_before_the_controllers_say_that_it_still_belongs_here() {
    switchOff();
    controllers.fallSilent(true);
    switchOn();
    await().until(() -> controllers.hellosIgnored() > 1);
    assertThat(machine.starts()).isEqualTo(1);
    controllers.fallSilent(false);
    await().until(() -> machine.starts() == 2);
    await().until(() -> controllers.status(LIFE).filter(LifeStatus::ready).isPresent());
    KIT.stop(agent);
  }

  @Test
  void what_sleeps_can_be_stopped() {
    switchOff();
    controllers.fallSilent(true);
    switchOn();
    await().until(() -> controllers.hellosIgnored() > 0);
    controllers.displace(LIFE);
    controllers.fallSilent(false);
    await()
        .until(
            () -> {
              controllers.tell(
                  new AgentCommand.Stop(LIFE.replica(), LIFE.incarnation(), Duration.ZERO));
              return controllers.status(LIFE).filter(it -> it.phase() == Phase.ENDED).isPresent();
            });
    assertThat(machine.starts()).isEqualTo(1);
    KIT.stop(agent);
  }

  private void switchOn() {
    agent = agents.start(machine.newAgent(Integer.MAX_VALUE, false));
  }

  private void switchOff() {
    KIT.stop(agent);
    machine.alive().forEach(run -> machine.exit(run, 137, false));
  }
}
