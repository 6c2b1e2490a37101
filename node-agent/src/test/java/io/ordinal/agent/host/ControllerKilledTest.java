package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.testkit.ExplicitlyTriggeredScheduler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The death of a controller ends no life of a node that is well, at whatever moment of the renewals
 * it comes. Time passes by hand, and everything happens on the test's thread.
 */
class ControllerKilledTest {
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration ANSWER = Duration.ofMillis(150);
  private static final int CONTROLLERS = 3;
  private static final int PHASES = 10;
  private static final Instant BEGIN = Instant.now();

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  "pekko.actor.default-dispatcher.type ="
                      + " org.apache.pekko.testkit.CallingThreadDispatcherConfigurator")
              .withFallback(ManualTime.config())
              .withFallback(ConfigFactory.load()));
  private static final ExplicitlyTriggeredScheduler TIMERS =
      (ExplicitlyTriggeredScheduler) Adapter.toClassic(KIT.system()).scheduler();

  /** As in deploy/bench/fast.conf. */
  private static final Config FAST =
      ConfigFactory.parseString(
          """
          renewal = 300ms, doubt = 200ms, silence = 900ms, patience = 700ms, politeness = 500ms
          reserve = 300ms
          """);

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private static HostSettings settings(Config changed) {
    return HostSettings.from(
        changed.atPath("ordinal.agent.host").withFallback(ConfigFactory.load()));
  }

  /** One node with a fenced life, and its controllers. */
  private static final class Story {
    private final FakeMachine machine = new FakeMachine();
    private final DyingControllers controllers;
    private final ActorRef<NodeAgent.Command> agent;

    Story(Config changed, Duration lease) {
      HostSettings settings = settings(changed);
      controllers =
          new DyingControllers(
              KIT, new FakeControllers(lease), CONTROLLERS, ANSWER, settings.pause());
      agent =
          Agents.start(
              KIT,
              machine,
              machine.newAgent(Integer.MAX_VALUE, false),
              controllers,
              controllers,
              () -> BEGIN.plus(controllers.now()),
              settings);
      pass(Duration.ofSeconds(2));
      controllers
          .log()
          .place(
              LIFE,
              session ->
                  Lives.order(
                      LIFE.incarnation(),
                      session,
                      true,
                      RestartPolicy.ALWAYS,
                      List.of(),
                      List.<ContainerOrder>of(Lives.plain("main"))));
      controllers.log().tell(new AgentCommand.Start(LIFE.replica(), LIFE.incarnation()));
      pass(Duration.ofSeconds(2));
    }

    void pass(Duration time) {
      for (Duration left = time; !left.isNegative(); left = left.minus(STEP)) {
        controllers.pass(STEP);
        step();
      }
    }

    /** Not timePasses, which waits for other threads each time: there are none. */
    private static void step() {
      long then = TIMERS.currentTimeMs() + STEP.toMillis();
      TIMERS.scheduleOnce(STEP, () -> {}, KIT.system().executionContext()); // Moves its clock on.
      TIMERS.executeTasks(then);
    }

    List<ContainerRun> alive() {
      return machine.alive();
    }

    void end() {
      KIT.stop(agent);
    }
  }

  private static void killAtAnyMoment(
      Config changed, Duration lease, Duration period, int dead, Duration election) {
    Duration part = period.dividedBy(PHASES);
    for (Duration at = Duration.ZERO; at.compareTo(period) < 0; at = at.plus(part)) {
      Story story = new Story(changed, lease);
      List<ContainerRun> before = story.alive();
      assertThat(before).hasSize(1);
      story.pass(at);
      story.controllers.kill(dead, election);
      story.pass(lease.multipliedBy(2));
      assertThat(story.alive())
          .as("door %d killed %s after a renewal, election %s", dead, at, election)
          .isEqualTo(before);
      assertThat(story.controllers.log().status(LIFE).filter(LifeStatus::ready)).isPresent();
      story.end();
    }
  }

  @Test
  void with_settings_as_shipped() {
    for (int dead = 0; dead < CONTROLLERS; dead++) {
      for (int electionMs : new int[] {0, 1200, 2500}) {
        Duration election = Duration.ofMillis(electionMs);
        killAtAnyMoment(
            ConfigFactory.empty(), Duration.ofSeconds(6), Duration.ofSeconds(1), dead, election);
      }
    }
  }

  @Test
  void with_fast_ones() {
    for (int dead = 0; dead < CONTROLLERS; dead++) {
      for (int electionMs : new int[] {0, 900, 1800}) {
        Duration election = Duration.ofMillis(electionMs);
        killAtAnyMoment(FAST, Duration.ofSeconds(3), Duration.ofMillis(300), dead, election);
      }
    }
  }

  @Test
  void words_of_other_controllers_do_not_hide_that_the_front_door_is_dead() {
    Story story = new Story(ConfigFactory.empty(), Duration.ofSeconds(6));
    List<ContainerRun> before = story.alive();
    story.controllers.kill(0, Duration.ZERO);
    for (int second = 0; second < 12; second++) {
      story.controllers.log().tell(new AgentCommand.Start(LIFE.replica(), LIFE.incarnation()));
      story.pass(Duration.ofSeconds(1));
    }
    assertThat(before).hasSize(1).isEqualTo(story.alive());
    story.end();
  }
}
