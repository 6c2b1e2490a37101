package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.disk.FileTree;
import io.ordinal.agent.driver.process.Abilities.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher by itself, as it goes on after an agent that was frozen while it started a run. */
class LauncherScriptTest {
  private static final String PASSED = "0.01";
  private static final String FAR = "99999999.00";

  @TempDir Path root;

  @Test
  void a_fenced_run_does_not_begin_after_the_deadline() throws Exception {
    Path run = launch(true, PASSED);
    assertThat(run.resolve("ran")).doesNotExist();
    assertThat(run.resolve("overdue")).exists();
    assertThat(run.resolve("exit")).hasContent("137");
  }

  @Test
  void one_before_the_deadline_and_a_kept_one_do() throws Exception {
    assertThat(launch(true, FAR).resolve("ran")).exists();
    assertThat(launch(false, PASSED).resolve("ran")).exists();
  }

  @Test
  void a_fenced_run_whose_directory_is_wiped_ends() throws Exception {
    Path run = prepare(true, FAR, "exec sleep 1000");
    Process launcher = start(run, deadline(run));
    await().until(() -> noted(run.resolve("watcher")) && noted(run.resolve("main")));
    long main = Long.parseLong(Files.readString(run.resolve("main")).split(" ")[0]);
    FileTree.remove(run);
    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessHandle.of(main).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void so_does_one_that_nobody_had_noted_at_the_first_look_with_all_that_it_left()
      throws Exception {
    Path run = prepare(true, FAR, "");
    wipesItself(run, "env -i setsid sleep 1000 & echo $! >'" + root.resolve("daemon") + "'");
    Files.writeString(run.resolve("mounts.sh"), "sleep 1\n"); // The watch looks before that.
    Process launcher = start(run, lateLook(run));
    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(MarkerScan.find(List.of("ORDINAL_RUN"), "t" + run)).isEmpty();
    long daemon = Long.parseLong(Files.readString(root.resolve("daemon")).strip());
    await().until(() -> ProcessHandle.of(daemon).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void so_does_such_a_one_with_namespaces() throws Exception {
    Abilities abilities = new AbilityProbe(Files.createDirectory(root.resolve("stage"))).look();
    assumeThat(abilities.tree()).isEqualTo(Tree.NAMESPACE);
    Path late = tool("unshare-late", "sleep 1; exec " + String.join(" ", abilities.unshare()));
    Path run = prepare(true, FAR, "");
    wipesItself(run, "");
    Map<String, String> env = lateLook(run);
    env.putAll(Map.of("ORDINAL_TREE", "namespace", "ORDINAL_UNSHARE", late.toString()));
    assertThat(start(run, env).waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(root.resolve("begun")).as(Files.readString(run.resolveSibling("said"))).exists();
    await()
        .untilAsserted(
            () -> assertThat(MarkerScan.find(List.of("ORDINAL_RUN"), "t" + run)).isEmpty());
  }

  @Test
  void one_whose_marks_are_wiped_before_its_launcher_looks_is_held_to_the_deadline()
      throws Exception {
    Path run = prepare(true, PASSED, "");
    Files.delete(run.resolve("fenced"));
    assertThat(start(run, deadline(run)).waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(run.resolve("ran")).doesNotExist();
  }

  @Test
  void a_watch_takes_no_address_away_after_its_run_was_forgotten() throws Exception {
    Path taken = root.resolve("taken");
    watchRemoved("echo 0 >exit");
    // Something of it was left, which has the file open before the directory goes: not forgotten.
    watchRemoved("exec 9<held; env -i setsid sleep 1000 &");
    await().until(() -> noted(taken));
    assertThat(taken).hasContent("addr del 10.9.9.9/32 dev none");
  }

  /** A run without a launcher, whose directory is removed after the commands. */
  private void watchRemoved(String commands) throws Exception {
    Path run = prepare(true, FAR, "");
    tool("ip", "echo \"$*\" >>'" + root.resolve("taken") + "'; :");
    Files.writeString(run.resolve("address"), "10.9.9.9/32 dev none\n");
    Files.writeString(run.resolve("launcher"), "1 1\n");
    Files.writeString(run.resolve("main"), "1 1\n");
    Map<String, String> env = lateLook(run);
    env.put("PATH", root + ":" + System.getenv("PATH"));
    Process watch = start("watch", run, env);
    await().until(() -> noted(run.resolve("watcher")));
    new ProcessBuilder("sh", "-c", commands).directory(run.toFile()).start().waitFor();
    FileTree.remove(run);
    assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_mark_that_is_gone_frees_nothing_before_another_says_so() throws Exception {
    for (boolean freed : new boolean[] {true, false}) {
      Path run = prepare(true, FAR, "sleep 3; : >'" + root.resolve("went-on-" + freed) + "'");
      Process launcher = start(run, deadline(run));
      await().until(() -> noted(run.resolve("watcher")) && noted(run.resolve("main")));
      if (freed) new RunDirectory(run).setFenced(false);
      else Files.delete(run.resolve("fenced"));
      Files.delete(run.resolveSibling("deadline"));
      assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.exists(root.resolve("went-on-" + freed))).isEqualTo(freed);
      assertThat(Files.exists(run.resolve("overdue"))).isEqualTo(!freed);
    }
  }

  private static boolean noted(Path file) throws IOException {
    return Files.exists(file) && Files.readString(file).endsWith("\n");
  }

  /** At its beginning, so that whoever slept since finds nothing. From then on it may be ended. */
  private void wipesItself(Path run, String more) throws IOException {
    Files.writeString(
        run.resolve("main.sh"),
        String.join(
            "\n",
            more,
            ": >'" + root.resolve("begun") + "'",
            "rm -r '" + run + "'",
            "exec env 'ORDINAL_RUN=t" + run + "' sleep 1000",
            ""));
  }

  private Path tool(String name, String command) throws IOException {
    Path tool = Files.writeString(root.resolve(name), "#!/bin/sh\n" + command + " \"$@\"\n");
    return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
  }

  /** The watch sleeps for two seconds after its first look. */
  private static Map<String, String> lateLook(Path run) {
    Map<String, String> env = new HashMap<>(deadline(run));
    env.put("ORDINAL_STEP", "200");
    return env;
  }

  private Path launch(boolean fenced, String deadline) throws Exception {
    Path run = prepare(fenced, deadline, "");
    Process launcher = start(run, deadline(run));
    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return run;
  }

  private static Map<String, String> deadline(Path run) {
    return Map.of("ORDINAL_DEADLINE", run.resolveSibling("deadline").toString());
  }

  private Path prepare(boolean fenced, String deadline, String more) throws Exception {
    Path run = Files.createDirectories(Files.createTempDirectory(root, "lives").resolve("run"));
    Files.writeString(run.resolve("main.sh"), ": >'" + run.resolve("ran") + "'\n" + more + "\n");
    Files.createFile(run.resolve("held"));
    new RunDirectory(run).setFenced(fenced);
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Files.writeString(run.resolveSibling("deadline"), boot + " " + deadline + "\n");
    return run;
  }

  private Process start(Path run, Map<String, String> env) throws Exception {
    return start("run", run, env);
  }

  private Process start(String verb, Path run, Map<String, String> env) throws Exception {
    Path script = root.resolve("launcher.sh");
    try (InputStream bytes = LauncherScriptTest.class.getResourceAsStream("launcher.sh")) {
      Files.write(script, bytes.readAllBytes());
    }
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString(), verb, run.toString());
    builder
        .environment()
        .putAll(
            Map.of("ORDINAL_LAUNCHER", "t" + run, "ORDINAL_TREE", "sweep", "ORDINAL_STEP", "5"));
    builder.environment().putAll(env);
    Path said = run.resolveSibling("said");
    return builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }
}
