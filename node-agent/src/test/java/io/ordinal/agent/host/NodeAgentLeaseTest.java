package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of fenced and kept lives when the lease is not prolonged. */
class NodeAgentLeaseTest {
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));
  private static final LifeName NEXT = new LifeName(Lives.REPLICA, new Incarnation(8));

  private final ActorTestKit kit = ActorTestKit.create();
  private final FakeMachine machine = new FakeMachine();
  private final FakeControllers controllers = new FakeControllers(Duration.ofMillis(800));
  private final Agents agents = new Agents(kit, machine, controllers);

  @AfterEach
  void shutDown() {
    assertThat(machine.violations()).isEmpty();
    kit.shutdownTestKit();
  }

  private ActorRef<NodeAgent.Command> startAgent() {
    return agents.start(machine.newAgent(Integer.MAX_VALUE, false));
  }

  private void place(LifeName life, boolean fenced) {
    place(controllers, life, fenced);
  }

  private static void place(FakeControllers controllers, LifeName life, boolean fenced) {
    controllers.place(life, fenced);
    soon(
        () -> {
          controllers.tell(new AgentCommand.Start(life.replica(), life.incarnation()));
          return controllers.status(life).filter(LifeStatus::ready).isPresent();
        });
  }

  private static void soon(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  private void soonIs(LifeName life, Predicate<LifeStatus> wanted) {
    soon(() -> controllers.status(life).filter(wanted).isPresent());
  }

  private FrontDoorRequest.Hello last() {
    List<FrontDoorRequest.Hello> hellos = controllers.hellos();
    return hellos.get(hellos.size() - 1);
  }

  /** The agent introduced itself again and vouched for the session whose lease ran out, by name. */
  private boolean vouched() {
    return last().previous().isEmpty()
        && last().ended().filter(each -> each.number() < controllers.hellos().size()).isPresent();
  }

  private static boolean leaseExpired(LifeStatus status) {
    return status.phase() == Phase.ENDED && status.reason().equals("LeaseExpired");
  }

  @Test
  void fenced_lives_end_before_the_deadline_and_a_new_session_begins() {
    startAgent();
    place(LIFE, true);
    controllers.stopGranting();
    Duration deadline = machine.deadline().orElseThrow();
    soon(() -> machine.alive().isEmpty());
    assertThat(new Agents.MonotonicUpTime().now()).isLessThan(deadline.plusMillis(30));
    soon(this::vouched);
    soonIs(LIFE, NodeAgentLeaseTest::leaseExpired);
  }

  @Test
  void a_process_that_ignores_the_polite_signal_is_killed_in_time() {
    machine.ignoreTerm();
    startAgent();
    place(LIFE, true);
    controllers.stopGranting();
    soon(() -> machine.alive().isEmpty());
    soonIs(LIFE, NodeAgentLeaseTest::leaseExpired);
  }

  @Test
  void kept_lives_go_on_through_a_new_session() {
    startAgent();
    place(LIFE, false);
    List<ContainerRun> before = machine.alive();
    controllers.stopGranting();
    soon(this::vouched);
    controllers.grantAgain();
    assertThat(machine.alive()).isEqualTo(before);
    assertThat(last().lives()).hasSize(1);
  }

  @Test
  void a_silent_front_door_is_left_and_the_session_goes_on() {
    FakeControllers patient = new FakeControllers(Duration.ofSeconds(30));
    new Agents(kit, machine, patient).start(machine.newAgent(Integer.MAX_VALUE, false));
    soon(() -> patient.hellos().size() == 1);
    patient.fallSilent(true);
    soon(() -> patient.hellosIgnored() > 0);
    patient.fallSilent(false);
    soon(() -> patient.hellos().size() >= 2);
    assertThat(patient.hellos().get(1).previous()).isPresent();
  }

  @Test
  void a_life_that_its_launcher_ended_is_never_restarted() {
    startAgent();
    place(LIFE, true);
    machine.exit(machine.alive().get(0), 137, true); // As after a long sleep of the agent.
    soonIs(LIFE, NodeAgentLeaseTest::leaseExpired);
    assertThat(machine.alive()).isEmpty();
  }

  @Test
  void an_agent_that_comes_back_too_late_ends_what_was_fenced() {
    ActorRef<NodeAgent.Command> first = startAgent();
    place(LIFE, true);
    kit.stop(first);
    machine.moveDeadline(new Agents.MonotonicUpTime().now());
    startAgent();
    soonIs(LIFE, status -> status.phase() == Phase.ENDED);
    soon(this::vouched);
    assertThat(machine.alive()).isEmpty();
  }

  @Test
  void an_agent_that_lost_its_session_vouches_for_no_fenced_life_that_still_runs() {
    FakeControllers patient = new FakeControllers(Duration.ofSeconds(30));
    Agents there = new Agents(kit, machine, patient);
    ActorRef<NodeAgent.Command> first = there.start(machine.newAgent(Integer.MAX_VALUE, false));
    place(patient, LIFE, true);
    kit.stop(first);
    machine.loseSession();
    CompletableFuture<Void> death = new CompletableFuture<>();
    machine.resistKill(death);
    there.start(machine.newAgent(Integer.MAX_VALUE, false));
    soon(() -> machine.kills() > 0);
    assertThat(machine.alive()).hasSize(1);
    assertThat(patient.hellos()).hasSize(1);
    death.complete(null);
    soon(() -> patient.hellos().size() == 2);
    assertThat(patient.hellos().get(1).previous()).isEmpty();
    assertThat(patient.hellos().get(1).ended()).as("it knows of none").isEmpty();
    assertThat(machine.alive()).isEmpty();
  }

  /** The life may have begun elsewhere since: its session was closed. */
  @Test
  void a_confirmation_under_an_earlier_session_that_comes_late_starts_nothing() {
    for (boolean fenced : new boolean[] {true, false}) {
      LifeName life = fenced ? LIFE : NEXT;
      Session former = new Session(Agents.HOST.node(), new UUID(5, 5), "boot", 77);
      controllers.place(
          life,
          session ->
              Lives.order(
                  life.incarnation(),
                  former,
                  fenced,
                  RestartPolicy.ALWAYS,
                  List.of(),
                  List.of(Lives.plain("main"))));
    }
    startAgent();
    soon(() -> controllers.hellos().size() == 1);
    for (LifeName life : List.of(LIFE, NEXT)) {
      int before = controllers.confirms();
      soon(
          () -> {
            controllers.tell(new AgentCommand.Start(life.replica(), life.incarnation()));
            return controllers.confirms() > before + 3; // Answered each time, and not taken.
          });
      assertThat(machine.alive()).isEmpty();
      assertThat(controllers.status(life)).isEmpty();
    }
  }

  @Test
  void the_next_life_of_a_replica_waits_for_the_end_of_the_one_before() {
    startAgent();
    place(LIFE, false);
    place(NEXT, false);
    assertThat(machine.alive())
        .extracting(ContainerRun::incarnation)
        .containsExactly(NEXT.incarnation());
    soonIs(LIFE, status -> status.phase() == Phase.ENDED);
  }

  @Test
  void fenced_lives_run_again_under_the_lease_of_a_new_session() {
    startAgent();
    place(LIFE, true);
    controllers.stopGranting();
    soonIs(LIFE, NodeAgentLeaseTest::leaseExpired);
    controllers.grantAgain();
    place(NEXT, true);
    assertThat(machine.alive()).hasSize(1);
  }
}
