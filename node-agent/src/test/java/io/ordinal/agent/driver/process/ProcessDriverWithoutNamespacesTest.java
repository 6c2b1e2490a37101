package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Everything again where the machine allows no namespaces. */
class ProcessDriverWithoutNamespacesTest extends ProcessDriverTest {
  private static final BootClock CLOCK = BootClock.ofMachine();
  private static final String UNMARKED_DAEMON =
      "setsid --fork env -i sh -c 'echo $$$$; exec sleep 4713'; sleep 0.3";

  @Override
  String[] settings() {
    return new String[] {"ordinal.agent.process.namespaces = off"};
  }

  @Test
  void says_so() {
    assertThat(bench.driver.traits())
        .containsEntry("treeKill", "environment-sweep")
        .containsEntry("mountNamespaces", "false");
  }

  @Test
  void says_where_a_container_finds_its_volumes() {
    Mount data = new Mount("my.data", directory, "/data", false);
    assertThat(bench.driver.shortfall(Bench.spec("a", "", data)))
        .get(InstanceOfAssertFactories.STRING)
        .contains("/data as $ORDINAL_VOLUME_MY_DATA");
    assertThat(bench.driver.shortfall(Bench.spec("a", ""))).isEmpty();
  }

  /** As Redis does: it writes its title over its environment, and is nobody's child any more. */
  @Test
  void a_daemon_without_the_marker_in_its_environment_dies_with_its_run() throws IOException {
    Bench.await(bench.driver.start(Bench.spec("a", UNMARKED_DAEMON + "; exit 0")));
    Bench.await(bench.driver.exit(Bench.run("a")));
    assertThat(Bench.alive(daemon())).isFalse();
  }

  @Test
  void a_daemon_without_the_marker_dies_when_its_launcher_was_killed() throws IOException {
    bench.start(Bench.spec("a", UNMARKED_DAEMON + "; exec sleep 1000"));
    await().until(() -> !bench.log("a").isEmpty());
    RunDirectory run = new RunDirectory(bench.state.resolve("driver/lives/test_a_7/main.0"));
    run.process(RunDirectory.LAUNCHER).orElseThrow().kill();
    assertThat(Bench.await(bench.driver.exit(Bench.run("a"))).exitCode()).isEmpty();
    assertThat(Bench.alive(daemon())).isFalse();
  }

  /**
   * Its watch does not depend on the launcher: nobody else ends the run when the agent is gone too.
   */
  @Test
  void a_fenced_run_ends_at_the_deadline_without_agent_and_launcher() throws IOException {
    Duration deadline = CLOCK.now().plusSeconds(5);
    bench.deadline.moveTo(deadline);
    String script = UNMARKED_DAEMON + "; exec sleep 1000";
    long main = bench.start(Bench.spec("a", true, script)).pid();
    await().until(() -> !bench.log("a").isEmpty());
    bench.driver.close();
    RunDirectory run = new RunDirectory(bench.state.resolve("driver/lives/test_a_7/main.0"));
    await().until(() -> run.process(RunDirectory.WATCHER).isPresent());
    run.process(RunDirectory.LAUNCHER).orElseThrow().kill();

    await().atMost(Bench.PATIENCE).until(() -> !Bench.alive(main) && !Bench.alive(daemon()));

    assertThat(CLOCK.now()).isGreaterThanOrEqualTo(deadline);
    await()
        .atMost(Bench.PATIENCE)
        .until(() -> !run.process(RunDirectory.WATCHER).orElseThrow().alive());
    bench = new Bench(directory, settings());
    assertThat(Bench.await(bench.driver.exit(Bench.run("a"))).byDeadline()).isTrue();
  }

  private long daemon() throws IOException {
    return Long.parseLong(bench.log("a").strip());
  }
}
