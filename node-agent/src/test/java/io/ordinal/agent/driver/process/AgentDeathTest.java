package io.ordinal.agent.driver.process;

import static io.ordinal.agent.driver.process.Bench.await;
import static io.ordinal.agent.driver.process.Bench.run;
import static io.ordinal.agent.driver.process.Bench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.RunStatus.Running;
import io.ordinal.agent.logs.LogReader.Piece;
import io.ordinal.protocol.agent.LogChunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds while no JVM is there, and afterwards. */
class AgentDeathTest {
  private static final BootClock CLOCK = BootClock.ofMachine();

  @TempDir Path directory;
  private Bench bench;

  @AfterEach
  void close() throws IOException {
    if (bench != null) bench.close();
  }

  @Test
  void a_run_survives_the_jvm_with_its_pid_its_log_and_its_exit_code() throws Exception {
    String script =
        "i=0; while [ $i -lt 40 ]; do echo line $i; i=$((i+1)); sleep 0.05; done; exit 6";
    long pid = startAndKillJvm(false, script);
    assertThat(Bench.alive(pid)).isTrue();
    bench = new Bench(directory);
    Map<ContainerRun, RunStatus> found = await(bench.driver.recover());
    assertThat(found.get(run("a")))
        .isInstanceOfSatisfying(Running.class, running -> assertThat(running.pid()).isEqualTo(pid));
    assertThat(await(bench.driver.exit(run("a"))).exitCode()).hasValue(6);
    LogChunk log =
        await(
            bench
                .driver
                .logReader()
                .read(run("a"), new Piece(false, 0, -1, 100_000, Duration.ZERO)));
    List<String> lines = new String(log.lines(), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(40);
    for (int i = 0; i < lines.size(); i++) assertThat(lines.get(i)).endsWith("Z line " + i);
    assertThat(lines.stream().map(line -> line.split(" ")[0])).isSorted();
    assertThat(log.ended()).isTrue();
  }

  @Test
  void an_exit_while_no_jvm_was_there_is_known_afterwards() throws Exception {
    long pid = startAndKillJvm(false, "sleep 0.5; exit 8");
    await().atMost(Bench.PATIENCE).until(() -> !Bench.alive(pid));
    bench = new Bench(directory);
    assertThat(await(bench.driver.exit(run("a"))).exitCode()).hasValue(8);
  }

  @Test
  void a_fenced_run_ends_at_the_deadline_without_a_jvm() throws Exception {
    new DeadlineFile(directory.resolve("deadline"), CLOCK)
        .moveTo(CLOCK.now().plus(Duration.ofSeconds(30)));
    long pid = startAndKillJvm(true, "(setsid sleep 4716 &); exec sleep 1000");
    Duration deadline = CLOCK.now().plusMillis(700);
    new DeadlineFile(directory.resolve("deadline"), CLOCK).moveTo(deadline);
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Bench.PATIENCE)
        .until(() -> !Bench.alive(pid));
    Duration late = CLOCK.now().minus(deadline);
    // The holder sleeps a step at most; its step is half a second.
    assertThat(late).isBetween(Duration.ofMillis(-20), Duration.ofMillis(1500));
    bench = new Bench(directory);
    Exited exited = await(bench.driver.exit(run("a")));
    assertThat(exited.byDeadline()).isTrue();
    assertThat(exited.exitCode()).hasValue(137);
    assertThat(
            ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
        .noneMatch(line -> line.endsWith("sleep 4716"));
  }

  @Test
  void a_deadline_that_is_moved_on_ends_nothing_until_it_passes() throws IOException {
    bench = new Bench(directory, "ordinal.agent.process.deadline-step = 100ms");
    Duration begin = CLOCK.now();
    bench.deadline.moveTo(begin.plusMillis(2000));
    bench.start(spec("a", true, "exec sleep 1000"));
    bench.deadline.moveTo(begin.plusMillis(3000));
    Exited exited = await(bench.driver.exit(run("a")));
    assertThat(exited.byDeadline()).isTrue();
    assertThat(CLOCK.now().minus(begin)).isGreaterThanOrEqualTo(Duration.ofMillis(2990));
  }

  @Test
  void a_kept_run_does_not_care_for_the_deadline_until_it_is_fenced() throws IOException {
    bench = new Bench(directory, "ordinal.agent.process.deadline-step = 50ms");
    bench.deadline.moveTo(CLOCK.now().plusSeconds(30));
    Running kept = bench.start(spec("kept", false, "exec sleep 1000"));
    bench.start(spec("fenced", true, "exec sleep 1000"));
    bench.start(spec("freed", true, "exec sleep 1000"));
    await(bench.driver.setFenced(run("freed"), false));
    bench.deadline.moveTo(CLOCK.now());
    assertThat(await(bench.driver.exit(run("fenced"))).byDeadline()).isTrue();
    assertThat(Bench.alive(kept.pid())).isTrue();
    assertThat(bench.driver.exit(run("freed")).toCompletableFuture()).isNotDone();
    await(bench.driver.setFenced(run("kept"), true));
    assertThat(await(bench.driver.exit(run("kept"))).byDeadline()).isTrue();
    assertThat(bench.driver.exit(run("freed")).toCompletableFuture()).isNotDone();
  }

  @Test
  void a_fenced_run_is_not_started_after_the_deadline() throws IOException {
    bench = new Bench(directory);
    assertThatThrownBy(() -> bench.start(spec("a", true, "exec sleep 1000")))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("lease");
  }

  @Test
  void somebody_new_holds_the_deadline_when_its_holder_was_killed() throws IOException {
    bench = new Bench(directory, "ordinal.agent.process.liveness = 50ms");
    bench.deadline.moveTo(CLOCK.now().plusMillis(1500));
    bench.start(spec("a", true, "exec sleep 1000"));
    RunDirectory files = new RunDirectory(directory.resolve("driver/lives/test_a_7/main.0"));
    ProcessIdentity holder =
        await()
            .atMost(Bench.PATIENCE)
            .until(() -> files.process(RunDirectory.WATCHER), found -> found.isPresent())
            .orElseThrow();
    holder.kill();
    assertThat(await(bench.driver.exit(run("a"))).byDeadline()).isTrue();
  }

  private long startAndKillJvm(boolean fenced, String script) throws Exception {
    Process jvm =
        ChildJvm.start(StartingMain.class, directory.toString(), Boolean.toString(fenced), script);
    String line = ChildJvm.reader(jvm).readLine();
    assertThat(line).containsOnlyDigits();
    jvm.destroyForcibly().waitFor();
    return Long.parseLong(line);
  }
}
