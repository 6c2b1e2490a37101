package io.ordinal.agent.host;

import static org.awaitility.Awaitility.await;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/** An agent that hosts one life, dies at a chosen step, and begins again where it was. */
class MortalAgent {
  final FakeMachine machine = new FakeMachine();
  final FakeControllers controllers;
  private final ActorTestKit kit;
  private final LifeName life;
  private final Agents agents;
  FakeMachine.Powers powers;
  ActorRef<NodeAgent.Command> agent;

  MortalAgent(
      ActorTestKit kit, LifeName life, Duration lease, int deadlyStep, boolean afterEffect) {
    this.kit = kit;
    this.life = life;
    this.controllers = new FakeControllers(lease);
    this.agents = new Agents(kit, machine, controllers);
    controllers.place(life, false);
    controllers.onReport(this::heard);
    powers = machine.newAgent(deadlyStep, afterEffect);
    agent = agents.start(powers);
  }

  /** Every report, before anybody else hears of it. */
  void heard(LifeStatus status) {}

  /** Says it again and again, as controllers do. */
  final void until(AgentCommand word, Predicate<LifeStatus> wanted) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              reviveIfDead();
              controllers.tell(word);
              return controllers.status(life).filter(wanted).isPresent();
            });
  }

  final void reviveIfDead() {
    if (!powers.dead()) return;
    kit.stop(agent);
    restart();
  }

  /** The next one, after the present one has stopped; it does not die. */
  final void restart() {
    powers = machine.newAgent(Integer.MAX_VALUE, false);
    agent = agents.start(powers);
  }
}
