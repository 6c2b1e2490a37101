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
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fence of a running life is changed, and a status never says what launchers do not hold. */
class NodeAgentFenceTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private static final class Story extends MortalAgent {
    /** Of the latest order. */
    private volatile long basis;

    Story(Duration lease, int deadlyStep, boolean afterEffect) {
      super(KIT, LIFE, lease, deadlyStep, afterEffect);
    }

    /** A status from before the latest order may come after that was obeyed. */
    @Override
    void heard(LifeStatus status) {
      if (!status.fenced() || machine.launchersFence() || status.fenceBasis() < basis) return;
      machine.violate("told to be fenced while a launcher keeps it: " + status);
    }

    void begin() {
      until(new AgentCommand.Start(LIFE.replica(), LIFE.incarnation()), LifeStatus::ready);
    }

    void fence(boolean fenced, long basis) {
      this.basis = basis;
      until(
          new AgentCommand.SetFenced(LIFE.replica(), LIFE.incarnation(), fenced, basis),
          status -> status.fenced() == fenced && status.fenceBasis() >= basis);
    }

    void play() {
      begin();
      List<ContainerRun> run = machine.alive();
      fence(true, 5);
      assertThat(machine.launchersFence()).isTrue();
      fence(false, 6);
      assertThat(machine.launchersKeep()).isTrue();
      fence(true, 7);
      assertThat(machine.launchersFence()).isTrue();
      assertThat(machine.alive()).isEqualTo(run);
      assertThat(machine.violations()).isEmpty();
      KIT.stop(agent);
    }
  }

  private boolean leaseExpired(LifeStatus status) {
    return status.phase() == Phase.ENDED && status.reason().equals("LeaseExpired");
  }

  private static AgentCommand setFenced(boolean fenced, long basis) {
    return new AgentCommand.SetFenced(LIFE.replica(), LIFE.incarnation(), fenced, basis);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void is_as_told_whatever_step_the_agent_died_at(boolean afterEffect) {
    int deadlyStep = 1;
    boolean died = true;
    while (died) {
      Story story = new Story(Duration.ofSeconds(20), deadlyStep, afterEffect);
      FakeMachine.Powers first = story.powers;
      story.play();
      died = first.dead();
      deadlyStep++;
    }
    assertThat(deadlyStep).as("steps that were died at").isGreaterThan(10);
  }

  @Test
  void a_kept_life_that_was_fenced_ends_with_the_lease_also_under_a_later_agent() {
    Story story = new Story(Duration.ofMillis(1500), Integer.MAX_VALUE, false);
    story.begin();
    story.fence(true, 5);
    KIT.stop(story.agent);
    story.restart();
    await().until(() -> story.controllers.hellos().size() == 2);
    assertThat(story.controllers.hellos().get(1).lives().get(0).fenced()).isTrue();
    assertThat(story.machine.alive()).hasSize(1);
    story.controllers.stopGranting();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> story.controllers.reports().stream().anyMatch(this::leaseExpired));
    assertThat(story.machine.alive()).isEmpty();
    KIT.stop(story.agent);
  }

  @Test
  void a_late_word_lifts_no_fence() {
    Story story = new Story(Duration.ofSeconds(20), Integer.MAX_VALUE, false);
    story.begin();
    story.fence(true, 5);
    story.controllers.tell(setFenced(false, 4));
    story.controllers.tell(setFenced(false, 5));
    story.fence(true, 6); // Said after them, and so obeyed after them.
    assertThat(story.machine.launchersFence()).isTrue();
    assertThat(story.controllers.reports()).filteredOn(LifeStatus::fenced).isNotEmpty();
    assertThat(story.controllers.reports())
        .filteredOn(status -> status.fenceBasis() > 0)
        .allMatch(LifeStatus::fenced);
    KIT.stop(story.agent);
  }

  @Test
  void a_life_of_which_nothing_is_left_is_told_to_be_over() {
    Story story = new Story(Duration.ofSeconds(20), Integer.MAX_VALUE, false);
    story.begin();
    story.until(
        new AgentCommand.Stop(LIFE.replica(), LIFE.incarnation(), Duration.ZERO),
        status -> status.phase() == Phase.ENDED);
    story.until(setFenced(true, 9), status -> status.phase() == Phase.ENDED);
    assertThat(story.machine.alive()).isEmpty();
    KIT.stop(story.agent);
  }
}
