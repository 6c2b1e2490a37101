package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent is killed before and after every single step that it takes, and begins again. */
class NodeAgentCrashTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  /** One run of the story, with the agent dying at one step. */
  private static final class Story extends MortalAgent {
    Story(int deadlyStep, boolean afterEffect) {
      super(KIT, LIFE, Duration.ofSeconds(20), deadlyStep, afterEffect);
    }

    void play() {
      AgentCommand start = new AgentCommand.Start(LIFE.replica(), LIFE.incarnation());
      until(start, LifeStatus::ready);
      ContainerRun first = machine.alive().get(0);
      machine.exit(first, 137, false);
      until(
          start,
          status -> status.ready() && status.containers().get(0).restarts() > first.attempt());
      assertThat(machine.alive()).hasSize(1);
      AgentCommand stop =
          new AgentCommand.Stop(LIFE.replica(), LIFE.incarnation(), Duration.ofSeconds(5));
      until(stop, status -> status.phase() == Phase.ENDED);
      assertThat(machine.alive()).isEmpty();
      assertForgotten();
      assertThat(machine.violations()).isEmpty();
      KIT.stop(agent);
    }

    /** Nothing is left once the end was noted, and a late hint starts nothing. */
    private void assertForgotten() {
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                reviveIfDead();
                return machine.remembered(LIFE).isEmpty();
              });
      controllers.tell(new AgentCommand.Start(LIFE.replica(), LIFE.incarnation()));
      assertThat(machine.alive()).isEmpty();
    }
  }

  @Test
  void hosts_restarts_and_ends_a_life() {
    Story story = new Story(Integer.MAX_VALUE, false);
    story.play();
    assertThat(story.powers.steps()).isGreaterThan(10);
    assertThat(story.controllers.happened()).contains("Pulled", "Created", "Started", "Killing");
    assertThat(story.controllers.hellos()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goes_on_where_it_was_whatever_step_it_died_at(boolean afterEffect) {
    int deadlyStep = 1;
    boolean died = true;
    while (died) {
      Story story = new Story(deadlyStep, afterEffect);
      FakeMachine.Powers first = story.powers;
      story.play();
      died = first.dead();
      deadlyStep++;
    }
    assertThat(deadlyStep).as("steps that were died at").isGreaterThan(10);
  }

  @Test
  void finds_the_same_process_again_with_its_counts() {
    Story story = new Story(Integer.MAX_VALUE, false);
    AgentCommand start = new AgentCommand.Start(LIFE.replica(), LIFE.incarnation());
    story.until(start, LifeStatus::ready);
    story.machine.exit(story.machine.alive().get(0), 1, false);
    story.until(start, status -> status.ready() && status.containers().get(0).restarts() == 1);
    List<ContainerRun> before = story.machine.alive();
    LifeStatus told = story.controllers.status(LIFE).orElseThrow();
    KIT.stop(story.agent);
    story.restart();
    await().until(() -> story.controllers.hellos().size() == 2);
    LifeStatus found = story.controllers.hellos().get(1).lives().get(0);
    assertThat(found.ready()).isTrue();
    assertThat(found.version()).isGreaterThan(told.version());
    assertThat(found.containers()).isEqualTo(told.containers());
    assertThat(story.controllers.hellos().get(1).previous()).isPresent();
    assertThat(story.machine.alive()).isEqualTo(before);
    KIT.stop(story.agent);
  }

  @Test
  void says_over_for_what_it_never_knew_and_never_starts_it() {
    Story story = new Story(Integer.MAX_VALUE, false);
    await().until(() -> !story.controllers.hellos().isEmpty());
    story.until(
        new AgentCommand.Stop(LIFE.replica(), LIFE.incarnation(), Duration.ZERO),
        status -> status.phase() == Phase.ENDED);
    story.controllers.tell(new AgentCommand.Start(LIFE.replica(), LIFE.incarnation()));
    assertThat(Optional.of(story.machine.alive())).hasValue(List.of());
    assertThat(story.machine.violations()).isEmpty();
    KIT.stop(story.agent);
  }
}
