package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private Path launch(boolean fenced, String deadline) throws Exception {
    Path run = Files.createDirectories(root.resolve(deadline + fenced).resolve("run"));
    Files.writeString(run.resolve("main.sh"), ": >'" + run.resolve("ran") + "'\n");
    Files.createFile(run.resolve("held"));
    if (fenced) Files.createFile(run.resolve("fenced"));
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Path file = Files.writeString(run.resolveSibling("deadline"), boot + " " + deadline + "\n");
    Process launcher = start(run, Map.of("ORDINAL_DEADLINE", file.toString()));
    assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
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
