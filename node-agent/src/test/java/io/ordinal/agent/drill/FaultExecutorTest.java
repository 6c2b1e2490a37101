package io.ordinal.agent.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.agent.driver.BootClock;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected.State;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults done by real scripts to a process that stands for the member. */
class FaultExecutorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ReplicaId WEB = new ReplicaId("shop", "web-0");

  @TempDir Path directory;
  private final List<Process> processes = new ArrayList<>();
  private Process member;

  @BeforeEach
  void begin() throws IOException {
    member = sleeper();
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process sleeper() throws IOException {
    Process process = new ProcessBuilder("sleep", "4711").start();
    processes.add(process);
    return process;
  }

  private FaultExecutor executor() throws IOException {
    return executor("127.0.0.1");
  }

  private FaultExecutor executor(String address) throws IOException {
    FaultPlace place =
        new FaultPlace(
            "alpha",
            address,
            directory.resolve("drill"),
            directory.resolve("driver"),
            member.pid(),
            BootClock.ofMachine());
    DrillSettings settings =
        DrillSettings.from(
            ConfigFactory.parseString("ordinal.agent.drills.head-start = 20ms")
                .withFallback(ConfigFactory.load()));
    return new FaultExecutor(place, settings, InstantSource.system());
  }

  private static AgentCommand.Inject inject(String drill, Fault fault, Duration duration) {
    return new AgentCommand.Inject(drill, fault, duration);
  }

  private static void until(FaultExecutor executor, String drill, State state) {
    List<State> seen = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              for (Injected news : executor.look()) {
                if (news.drill().equals(drill)) seen.add(news.state());
              }
              return seen.contains(state);
            });
  }

  /** It may be about to begin, or at work. */
  private static void assertGoesOn(Process process) throws IOException {
    assertThat(stateOf(process)).isIn('S', 'R', 'D');
  }

  private static char stateOf(Process process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static void untilIs(Process process, char state) {
    await().atMost(PATIENCE).until(() -> stateOf(process) == state);
  }

  /** As the driver leaves it while a run lives. */
  private Path run(ReplicaId replica, Process main) throws IOException {
    Path run =
        Files.createDirectories(
            directory.resolve(
                "driver/lives/" + replica.namespace() + "_" + replica.name() + "_7/main.0"));
    FaultPlace same =
        new FaultPlace("", "", directory, directory, main.pid(), BootClock.ofMachine());
    Files.writeString(run.resolve("main"), same.process() + "\n");
    return run;
  }

  @Test
  void a_frozen_member_goes_on_when_the_time_is_over() throws IOException {
    FaultExecutor executor = executor();
    Injected accepted =
        executor.inject(inject("d1", new Fault.FreezeMember(), Duration.ofMillis(600)));
    assertThat(accepted.state()).isEqualTo(State.ACCEPTED);
    assertThat(accepted.member()).isEqualTo("alpha");
    until(executor, "d1", State.ACTIVE);
    untilIs(member, 'T');
    until(executor, "d1", State.REVERTED);
    untilIs(member, 'S');
  }

  @Test
  void a_fault_is_undone_at_once_when_somebody_asks() throws IOException {
    FaultExecutor executor = executor();
    executor.inject(inject("d1", new Fault.FreezeMember(), Duration.ofMinutes(10)));
    untilIs(member, 'T');
    executor.revert(new AgentCommand.Revert("d1"));
    until(executor, "d1", State.REVERTED);
    untilIs(member, 'S');
  }

  @Test
  void a_repeated_order_does_nothing_again() throws IOException {
    FaultExecutor executor = executor();
    AgentCommand.Inject order = inject("d1", new Fault.FreezeMember(), Duration.ofMillis(100));
    executor.inject(order);
    until(executor, "d1", State.REVERTED);
    assertThat(executor.inject(order).state()).isEqualTo(State.REVERTED);
    assertThat(executor().inject(order).state()).isEqualTo(State.REVERTED);
    assertGoesOn(member);
  }

  @Test
  void what_was_reverted_before_it_came_is_never_done() throws IOException {
    FaultExecutor executor = executor();
    assertThat(executor.revert(new AgentCommand.Revert("late")).state()).isEqualTo(State.REVERTED);
    AgentCommand.Inject order = inject("late", new Fault.FreezeMember(), Duration.ofMinutes(1));
    assertThat(executor.inject(order).state()).isEqualTo(State.REVERTED);
    assertGoesOn(member);
  }

  @Test
  void a_leftover_of_a_script_that_was_killed_is_undone_by_the_next_agent() throws IOException {
    FaultExecutor first = executor();
    first.inject(inject("d1", new Fault.FreezeMember(), Duration.ofMillis(1500)));
    untilIs(member, 'T');
    Path script = directory.resolve("drill/d1/script");
    await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("drill/d1/active")));
    long pid = Long.parseLong(Files.readString(script).split(" ")[0]);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    FaultExecutor second = executor();
    until(second, "d1", State.REVERTED);
    untilIs(member, 'S');
  }

  @Test
  void a_killed_member_is_gone_and_there_is_nothing_to_undo() throws IOException {
    FaultExecutor executor = executor();
    executor.inject(inject("d1", new Fault.KillMember(false), Duration.ofMinutes(10)));
    await().atMost(PATIENCE).until(() -> !member.isAlive());
    until(executor, "d1", State.REVERTED);
  }

  @Test
  void a_killed_node_loses_its_workloads_too_and_nobody_notes_how() throws IOException {
    Process workload = sleeper();
    Process stranger = sleeper();
    Path run = run(WEB, workload);
    executor().inject(inject("d1", new Fault.KillMember(true), Duration.ZERO));
    await().atMost(PATIENCE).until(() -> !member.isAlive() && !workload.isAlive());
    assertThat(stranger.isAlive()).isTrue();
    assertThat(run.resolve("exit")).doesNotExist();
  }

  @Test
  void one_replica_is_frozen_or_killed_and_others_are_not() throws IOException {
    Process web = sleeper();
    Process other = sleeper();
    run(WEB, web);
    run(new ReplicaId("shop", "db-0"), other);
    Files.writeString(directory.resolve("driver/marker"), "m");
    FaultExecutor executor = executor();
    executor.inject(inject("kill", new Fault.KillReplica(WEB), Duration.ZERO));
    await().atMost(PATIENCE).until(() -> !web.isAlive());
    assertGoesOn(other);
    assertGoesOn(member);
  }

  @Test
  void what_fits_nothing_here_is_refused() throws IOException {
    FaultExecutor executor = executor();
    Injected absent = executor.inject(inject("d", new Fault.KillReplica(WEB), Duration.ZERO));
    assertThat(absent.state()).isEqualTo(State.REFUSED);
    assertThat(absent.message()).isEqualTo("shop/web-0 does not run here");
    Fault odd = new Fault.CutOff(List.of("10.0.0.1; reboot"));
    assertThat(executor.inject(inject("d", odd, Duration.ZERO)).state()).isEqualTo(State.REFUSED);
    Fault freeze = new Fault.FreezeMember();
    assertThat(executor.inject(inject("../d", freeze, Duration.ZERO)).state())
        .isEqualTo(State.REFUSED);
  }

  @Test
  void a_member_that_others_reach_takes_no_faults_unless_it_is_told_to() throws IOException {
    Injected refused =
        executor("10.0.0.1").inject(inject("d", new Fault.FreezeMember(), Duration.ZERO));
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.message()).contains("ordinal.agent.drills.enabled");
  }
}
