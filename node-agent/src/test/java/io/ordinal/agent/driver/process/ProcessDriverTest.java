package io.ordinal.agent.driver.process;

import static io.ordinal.agent.driver.process.Bench.await;
import static io.ordinal.agent.driver.process.Bench.run;
import static io.ordinal.agent.driver.process.Bench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Driver.ExecResult;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.RunStatus.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessDriverTest {
  @TempDir Path directory;
  Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(directory, settings());
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  /** The same tests run again without namespaces. */
  String[] settings() {
    return new String[0];
  }

  @Test
  void tells_the_exit_code_of_a_process() {
    await(bench.driver.start(spec("a", "exit 3")));
    Exited exited = await(bench.driver.exit(run("a")));
    assertThat(exited.exitCode()).hasValue(3);
    assertThat(exited.byDeadline()).isFalse();
    assertThat(exited.finishedAt()).isAfterOrEqualTo(exited.startedAt());
  }

  @Test
  void a_polite_signal_reaches_the_first_process() {
    Running running = bench.start(spec("a", "exec sleep 1000"));
    assertThat(Bench.alive(running.pid())).isTrue();
    await(bench.driver.terminate(run("a")));
    assertThat(await(bench.driver.exit(run("a"))).exitCode()).hasValue(143);
  }

  @Test
  void a_process_may_answer_a_polite_signal_as_it_likes() throws IOException {
    bench.start(spec("a", "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.05; done"));
    awaitLog("up");
    await(bench.driver.terminate(run("a")));
    assertThat(await(bench.driver.exit(run("a"))).exitCode()).hasValue(5);
    assertThat(bench.log("a")).isEqualTo("up\nbye\n");
  }

  @Test
  void a_kill_is_noticed_at_once() {
    Running running = bench.start(spec("a", "exec sleep 1000"));
    long before = System.nanoTime();
    ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
    Exited exited = await(bench.driver.exit(run("a")));
    assertThat(exited.exitCode()).hasValue(137);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void daemons_die_with_a_kill_of_their_run() throws IOException {
    bench.start(spec("a", "(setsid sh -c 'echo $$; exec sleep 4711' &); exec sleep 1000"));
    long daemon = findDaemon("4711");
    Exited exited = await(bench.driver.kill(run("a")));
    assertThat(exited.exitCode()).hasValue(137);
    assertThat(Bench.alive(daemon)).isFalse();
  }

  @Test
  void daemons_die_when_the_first_process_ends() throws IOException {
    bench.start(spec("a", "(setsid sleep 4712 &); sleep 0.5; exit 0"));
    long daemon = findDaemon("4712");
    assertThat(await(bench.driver.exit(run("a"))).exitCode()).hasValue(0);
    assertThat(Bench.alive(daemon)).isFalse();
  }

  @Test
  void a_repeated_start_starts_nothing() throws IOException {
    Running first = bench.start(spec("a", "echo once; exec sleep 1000"));
    awaitLog("once");
    assertThat(bench.start(spec("a", "echo once; exec sleep 1000")).pid()).isEqualTo(first.pid());
    await(bench.driver.kill(run("a")));
    assertThat(await(bench.driver.start(spec("a", "echo once")))).isInstanceOf(Exited.class);
    assertThat(bench.log("a")).isEqualTo("once\n");
  }

  @Test
  void the_environment_is_the_containers_and_not_the_agents() throws IOException {
    await(bench.driver.start(spec("a", "env | sort; exit 0")));
    await(bench.driver.exit(run("a")));
    assertThat(bench.log("a"))
        .contains("GREETING=it's\n", "\"me\" $HOME\n")
        .contains("ORDINAL_NAME=a\n", "ORDINAL_NAMESPACE=test\n", "ORDINAL_SET=set\n")
        .contains("ORDINAL_ORDINAL=3\n", "ORDINAL_INCARNATION=7\n", "ORDINAL_ADDRESS=127.64.0.1\n")
        .contains("HOSTNAME=a\n", "HOME=/\n", "PATH=/usr/local/sbin")
        .doesNotContain("ORDINAL_LAUNCHER", "ORDINAL_TREE", "JAVA", "OLDPWD", "SUREFIRE");
  }

  @Test
  void runs_are_found_again_by_another_driver() throws IOException {
    Running running = bench.start(spec("a", "exec sleep 1000"));
    await(bench.driver.start(spec("b", "exit 4")));
    await(bench.driver.exit(run("b")));
    bench.driver.close();
    bench = new Bench(directory, settings());
    Map<ContainerRun, RunStatus> found = await(bench.driver.recover());
    assertThat(found.get(run("a"))).isEqualTo(running);
    assertThat(((Exited) found.get(run("b"))).exitCode()).hasValue(4);
    ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
    assertThat(await(bench.driver.exit(run("a"))).exitCode()).hasValue(137);
  }

  @Test
  void a_run_whose_launcher_was_killed_is_over_with_an_unknown_code() throws IOException {
    Running running = bench.start(spec("a", "(setsid sleep 4713 &); exec sleep 1000"));
    long daemon = findDaemon("4713");
    Path run = directory.resolve("driver/lives/test_a_7/main.0");
    new RunDirectory(run).process(RunDirectory.LAUNCHER).orElseThrow().kill();
    assertThat(await(bench.driver.exit(run("a"))).exitCode()).isEmpty();
    assertThat(Bench.alive(running.pid())).isFalse();
    assertThat(Bench.alive(daemon)).isFalse();
  }

  @Test
  void commands_run_where_the_run_lives() {
    bench.start(spec("a", "exec sleep 1000"));
    ExecResult result =
        await(
            bench.driver.exec(
                run("a"),
                java.util.List.of("sh", "-c", "echo $ORDINAL_NAME; pwd; exit 9"),
                Bench.PATIENCE));
    assertThat(result).isEqualTo(new ExecResult(9, "a\n/\n"));
  }

  @Test
  void a_command_that_takes_too_long_is_ended_with_its_children() throws IOException {
    bench.start(spec("a", "exec sleep 1000"));
    ExecResult result =
        await(
            bench.driver.exec(
                run("a"),
                java.util.List.of("sh", "-c", "echo begun; (setsid sleep 4714 &); sleep 4714"),
                Duration.ofMillis(300)));
    assertThat(result).isEqualTo(new ExecResult(124, "begun\n"));
    assertThat(pidsOf("4714")).isEmpty();
  }

  @Test
  void orders_that_cannot_be_carried_out_are_refused() {
    assertThatThrownBy(() -> await(bench.driver.pull("no/such:1")))
        .isInstanceOfSatisfying(
            LaunchRefused.class, refused -> assertThat(refused.reason()).isEqualTo("ErrImagePull"))
        .hasMessageContaining("docker.io/no/such")
        .hasMessageContaining(directory.resolve("images/such.conf").toString());
  }

  @Test
  void strays_are_ended_and_runs_are_not() throws IOException {
    Running running = bench.start(spec("a", "exec sleep 1000"));
    String marker = Files.readString(directory.resolve("driver/marker")).strip();
    ProcessBuilder builder = new ProcessBuilder("sleep", "4715");
    builder.environment().put("ORDINAL_RUN", marker + "/test_gone_1/main.0");
    Process stray = builder.start();
    assertThat(await(bench.driver.endStrays()))
        .extracting(Running::pid)
        .containsExactly(stray.pid());
    assertThat(stray.onExit()).succeedsWithin(Bench.PATIENCE);
    assertThat(Bench.alive(running.pid())).isTrue();
  }

  /** The old processes would run on beside their successors, and nobody would know of them. */
  @Test
  void what_ran_when_the_directory_was_wiped_is_ended(@TempDir Path elsewhere) throws IOException {
    long kept = bench.start(spec("a", "setsid sleep 4716 & exec sleep 1000")).pid();
    long fenceless = bench.start(spec("b", "exec sleep 1000")).pid();
    long daemon = findDaemon("4716");
    try (Bench other = new Bench(elsewhere, settings())) {
      long neighbour = other.start(spec("a", "exec sleep 1000")).pid();
      List<Long> launchers = List.of(launcher(bench, "a").pid(), launcher(bench, "b").pid());
      bench.driver.close();
      wipe(directory);
      bench = new Bench(directory, settings());
      long successor = bench.start(spec("a", "exec sleep 1000")).pid();
      assertThat(await(bench.driver.endStrays())).isNotEmpty();
      // On its way out a process has no environment any more, but a number still.
      Stream<Long> former = Stream.concat(Stream.of(kept, fenceless, daemon), launchers.stream());
      former.forEach(each -> await().atMost(Bench.PATIENCE).until(() -> !Bench.alive(each)));
      assertThat(List.of(successor, neighbour)).allMatch(Bench::alive);
      assertThat(launcher(bench, "a").alive()).isTrue();
      assertThat(launcher(other, "a").alive()).isTrue();
      assertThat(await(bench.driver.endStrays())).isEmpty();
    }
  }

  private static ProcessIdentity launcher(Bench of, String name) throws IOException {
    Path run = of.state.resolve("driver/lives/test_" + name + "_7/main.0");
    return new RunDirectory(run).process(RunDirectory.LAUNCHER).orElseThrow();
  }

  /** Deepest first; nothing is mounted here where the test looks. */
  private static void wipe(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(root)) Files.deleteIfExists(path);
      }
    }
  }

  @Test
  void what_is_forgotten_is_gone_but_for_its_log() throws IOException {
    await(bench.driver.start(spec("a", "echo hello")));
    await(bench.driver.exit(run("a")));
    await(bench.driver.forget(run("a")));
    assertThat(await(bench.driver.recover())).isEmpty();
    assertThat(bench.log("a")).isEqualTo("hello\n");
    await(bench.driver.forgetLife(run("a")));
    assertThat(directory.resolve("driver/lives")).isEmptyDirectory();
  }

  private void awaitLog(String text) {
    await().atMost(Bench.PATIENCE).until(() -> bench.log("a").contains(text));
  }

  private static long findDaemon(String argument) {
    return await()
        .atMost(Bench.PATIENCE)
        .until(() -> pidsOf(argument), pids -> !pids.isEmpty())
        .get(0);
  }

  private static java.util.List<Long> pidsOf(String argument) {
    return ProcessHandle.allProcesses()
        .filter(process -> isSleep(process, argument))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static boolean isSleep(ProcessHandle process, String argument) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.endsWith("sleep " + argument))
        .isPresent();
  }
}
