package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Deadline;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Planned stops: fenced lives outlive the agent because the controllers agreed before. */
class NodeAgentRestTest {
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));

  private final ActorTestKit kit = ActorTestKit.create();
  private final FakeMachine machine = new FakeMachine();
  private final FakeControllers controllers = new FakeControllers(Duration.ofMillis(1500));
  private final Agents agents = new Agents(kit, machine, controllers);
  private final TestProbe<Rested> asker = kit.createTestProbe();

  @AfterEach
  void shutDown() {
    assertThat(machine.violations()).isEmpty();
    kit.shutdownTestKit();
  }

  private ActorRef<NodeAgent.Command> startAgent() {
    return agents.start(machine.newAgent(Integer.MAX_VALUE, false));
  }

  private void placeFenced() {
    controllers.place(LIFE, true);
    soon(
        () -> {
          controllers.tell(new AgentCommand.Start(LIFE.replica(), LIFE.incarnation()));
          return controllers.status(LIFE).filter(LifeStatus::ready).isPresent();
        });
  }

  private static void soon(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  private Rested rest(ActorRef<NodeAgent.Command> agent, Duration patience) {
    agent.tell(new NodeAgent.Rest(patience, asker.getRef()));
    return asker.receiveMessage(Duration.ofSeconds(10));
  }

  private boolean lifted() {
    return machine.deadline().filter(Deadline.LIFTED::equals).isPresent();
  }

  @Test
  void a_node_that_was_emptied_says_that_nothing_runs() {
    ActorRef<NodeAgent.Command> agent = startAgent();
    soon(() -> !controllers.hellos().isEmpty());
    assertThat(rest(agent, Duration.ofSeconds(5)).inWords()).isEqualTo("no workload runs here");
  }

  @Test
  void a_node_at_rest_keeps_its_fenced_lives_until_it_is_back() {
    ActorRef<NodeAgent.Command> first = startAgent();
    placeFenced();
    List<ContainerRun> before = machine.alive();
    Rested rested = rest(first, Duration.ofSeconds(5));
    assertThat(rested.resting()).isTrue();
    assertThat(rested.inWords()).isEqualTo("every workload goes on running");
    assertThat(lifted()).isTrue();
    kit.stop(first);

    startAgent();
    soon(() -> !controllers.resting());
    assertThat(lifted()).as("armed before it is said").isFalse();
    assertThat(controllers.hellos().get(1).previous()).isPresent();
    assertThat(controllers.hellos().get(1).lives().get(0).fenced()).isTrue();
    assertThat(machine.alive()).isEqualTo(before);

    controllers.stopGranting();
    soon(() -> machine.alive().isEmpty());
  }

  @Test
  void a_rest_that_was_handled_late_is_ended_by_the_agent_that_is_there() {
    startAgent();
    placeFenced();
    controllers.restLate();
    soon(() -> !controllers.resting());
    assertThat(lifted()).isFalse();
    assertThat(controllers.hellos()).as("without another session").hasSize(1);
    assertThat(machine.alive()).hasSize(1);
  }

  @Test
  void without_controllers_it_says_which_lives_will_end_and_when() {
    ActorRef<NodeAgent.Command> agent = startAgent();
    placeFenced();
    controllers.fallSilent(true);
    Rested rested = rest(agent, Duration.ofMillis(50));
    assertThat(rested.resting()).isFalse();
    assertThat(rested.ending()).containsExactly(Lives.REPLICA);
    assertThat(rested.within()).hasValueSatisfying(left -> assertThat(left).isPositive());
    assertThat(rested.inWords()).contains(Lives.REPLICA.toString());
    assertThat(lifted()).isFalse();
  }

  @Test
  void an_agent_that_returns_without_controllers_ends_nothing() {
    ActorRef<NodeAgent.Command> first = startAgent();
    placeFenced();
    List<ContainerRun> before = machine.alive();
    rest(first, Duration.ofSeconds(5));
    kit.stop(first);
    controllers.fallSilent(true);
    startAgent();
    soon(() -> controllers.hellosIgnored() > 1);
    assertThat(machine.alive()).isEqualTo(before);
    assertThat(lifted()).isTrue();
  }

  @Test
  void a_lifted_deadline_under_a_session_that_does_not_rest_is_not_believed() {
    ActorRef<NodeAgent.Command> first = startAgent();
    placeFenced();
    rest(first, Duration.ofSeconds(5));
    kit.stop(first);
    controllers.forgetRest(); // Such as after a restore of an older state.
    startAgent();
    soon(() -> machine.alive().isEmpty());
    assertThat(controllers.hellos().get(1).lifted()).as("so that it may be put right").isTrue();
    soon(() -> controllers.hellos().size() > 2);
    assertThat(controllers.hellos().get(2).lifted()).isFalse();
    assertThat(controllers.hellos().get(2).previous()).isEmpty();
  }
}
