package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.agent.boot.Agent;
import io.ordinal.agent.boot.AgentPlace;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.agent.ProbeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent with real processes, against controllers in memory. */
class AgentWithProcessesTest {
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final FakeControllers controllers = new FakeControllers(Duration.ofMillis(2500));
  private final String marker = Long.toString(40_000_000 + System.nanoTime() % 9_999_999);
  private ActorTestKit kit;
  private Agent agent;

  @BeforeEach
  void begin() throws IOException {
    Path images = Files.createDirectories(directory.resolve("images"));
    Files.writeString(
        images.resolve("test.conf"), "images = [{ repository = shell, entrypoint = [sh, -c] }]");
    startAgent();
  }

  @AfterEach
  void end() throws IOException {
    controllers.tell(stop(Duration.ZERO));
    await().atMost(PATIENCE).until(() -> pids().isEmpty());
    stopAgent();
  }

  private void startAgent() throws IOException {
    agent =
        Agent.open(
            new AgentPlace(directory.resolve("node"), directory.resolve("images"), Map.of()),
            config());
    kit = ActorTestKit.create("agents", config());
    kit.spawn(controllers.frontDoor(), FrontDoorRequest.ACTOR_NAME);
    kit.spawn(
        Behaviors.setup(
            context -> {
              agent.start(context);
              return Behaviors.empty();
            }));
  }

  private void stopAgent() throws IOException {
    kit.shutdownTestKit();
    agent.close();
  }

  private static Config config() {
    return ConfigFactory.parseString(
            "ordinal.agent.host { renewal = 100ms, politeness = 1s, reserve = 400ms }")
        .withFallback(ConfigFactory.load());
  }

  private LifeOrder order(Session session, boolean fenced) {
    ProbeOrder readiness =
        new ProbeOrder(
            new ProbeOrder.Check.Exec(List.of("true")),
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            1,
            3);
    ContainerOrder main =
        new ContainerOrder(
            "main",
            "shell",
            List.of(),
            List.of("exec sleep " + marker),
            "",
            List.of(new ContainerOrder.EnvOrder.Field("IP", "status.podIP")),
            List.of(),
            Optional.empty(),
            Optional.of(readiness),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Lives.order(
        LIFE.incarnation(), session, fenced, RestartPolicy.ALWAYS, List.of(), List.of(main));
  }

  private static AgentCommand start() {
    return new AgentCommand.Start(LIFE.replica(), LIFE.incarnation());
  }

  private static AgentCommand stop(Duration grace) {
    return new AgentCommand.Stop(LIFE.replica(), LIFE.incarnation(), grace);
  }

  private void until(Predicate<LifeStatus> wanted) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> controllers.status(LIFE).filter(wanted).isPresent());
  }

  private void place(boolean fenced) {
    controllers.place(LIFE, session -> order(session, fenced));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              controllers.tell(start());
              return controllers.status(LIFE).filter(LifeStatus::ready).isPresent();
            });
  }

  /** Every process whose command line is the container's. */
  private List<Long> pids() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(this::isMine).map(ProcessHandle::pid).toList();
    }
  }

  /** The shell may not have become the program yet when it is said to be ready. */
  private List<Long> running() {
    await().atMost(PATIENCE).until(() -> pids().size() == 1);
    return pids();
  }

  private boolean isMine(ProcessHandle process) {
    try {
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return line.equals("sleep\0" + marker + "\0");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void a_killed_process_is_ready_again_within_half_a_second() {
    place(false);
    assertThat(controllers.status(LIFE).orElseThrow().address()).isPresent();
    long pid = running().get(0);
    long before = System.nanoTime();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    until(status -> status.ready() && status.containers().get(0).restarts() == 1);
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    System.out.println("SIGKILL to Ready again: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofMillis(500));
    assertThat(running()).doesNotContain(pid);
    controllers.tell(stop(Duration.ofSeconds(5)));
    until(status -> status.phase() == Phase.ENDED);
    assertThat(pids()).isEmpty();
  }

  @Test
  void an_agent_that_comes_back_finds_the_same_process() throws IOException {
    place(false);
    List<Long> before = running();
    stopAgent();
    assertThat(pids()).isEqualTo(before);
    startAgent();
    await().atMost(PATIENCE).until(() -> controllers.hellos().size() == 2);
    LifeStatus found = controllers.hellos().get(1).lives().get(0);
    assertThat(found.ready()).isTrue();
    assertThat(found.containers().get(0).restarts()).isZero();
    assertThat(pids()).isEqualTo(before);
  }

  @Test
  void what_died_while_the_agent_was_away_is_restarted() throws IOException {
    place(false);
    long pid = running().get(0);
    stopAgent();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    await().atMost(PATIENCE).until(() -> pids().isEmpty());
    startAgent();
    until(status -> status.ready() && status.containers().get(0).restarts() == 1);
    assertThat(controllers.status(LIFE).orElseThrow().containers().get(0).last())
        .hasValueSatisfying(last -> assertThat(last.exitCode()).isEqualTo(137));
    assertThat(running()).doesNotContain(pid);
  }

  @Test
  void a_fenced_life_ends_before_its_lease_and_a_new_session_begins() {
    place(true);
    controllers.stopGranting();
    await().atMost(PATIENCE).until(() -> pids().isEmpty());
    await().atMost(PATIENCE).until(() -> controllers.hellos().size() == 2);
    assertThat(controllers.hellos().get(1).previous()).isEmpty();
    until(status -> status.phase() == Phase.ENDED && status.reason().equals("LeaseExpired"));
  }

  @Test
  void a_kept_life_outlives_the_lease() {
    place(false);
    List<Long> before = running();
    controllers.stopGranting();
    await().atMost(PATIENCE).until(() -> controllers.hellos().size() == 2);
    assertThat(pids()).isEqualTo(before);
  }

  @Test
  void fenced_lives_end_by_their_launchers_when_no_agent_is_there() throws IOException {
    place(true);
    running();
    stopAgent();
    assertThat(pids()).hasSize(1);
    await().atMost(PATIENCE).until(() -> pids().isEmpty());
    startAgent();
    until(status -> status.phase() == Phase.ENDED);
    assertThat(controllers.hellos().get(1).previous()).isEmpty();
    assertThat(pids()).isEmpty();
  }
}
