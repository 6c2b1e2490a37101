package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    try (Stream<Path> files = Files.list(run)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
    Files.delete(run);
    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessHandle.of(main).filter(ProcessHandle::isAlive)).isEmpty();
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
    if (fenced) Files.createFile(run.resolve("fenced"));
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Files.writeString(run.resolveSibling("deadline"), boot + " " + deadline + "\n");
    return run;
  }

  private Process start(Path run, Map<String, String> env) throws Exception {
    Path script = root.resolve("launcher.sh");
    try (InputStream bytes = LauncherScriptTest.class.getResourceAsStream("launcher.sh")) {
      Files.write(script, bytes.readAllBytes());
    }
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString(), "run", run.toString());
    builder.environment().putAll(env);
    builder
        .environment()
        .putAll(
            Map.of("ORDINAL_LAUNCHER", "t" + run, "ORDINAL_TREE", "sweep", "ORDINAL_STEP", "5"));
    return builder.redirectErrorStream(true).start();
  }
}
