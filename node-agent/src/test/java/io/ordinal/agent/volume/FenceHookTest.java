package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a hook that is over, one way or another. */
class FenceHookTest {
  private static final VolumeSettings HASTY =
      new VolumeSettings(Duration.ofMillis(500), Duration.ZERO, 100, Duration.ofSeconds(5), 3);

  private static final BootClock CLOCK = BootClock.ofMachine();
  private static final VolumeSettings PATIENT =
      new VolumeSettings(Duration.ofSeconds(60), Duration.ZERO, 100, Duration.ofSeconds(5), 3);

  @TempDir Path directory;

  private static String run(String hook) throws IOException {
    FenceHook hooks = new FenceHook(HASTY);
    return hooks.run(hook, List.of(), hooks.end());
  }

  private String hook(String text) throws IOException {
    Path hook = Files.writeString(directory.resolve("hook"), "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"))
        .toString();
  }

  /** A program in the background whose parent is gone, and what then follows. */
  private String leaving(String then) throws IOException {
    String leaf = "sleep 4718 & echo $! >" + directory + "/leaf.new; ";
    String told = "mv " + directory + "/leaf.new " + directory + "/leaf";
    return hook("(" + leaf + told + ")\n" + then);
  }

  /** The dead that nobody has buried do not run. */
  private boolean leafRuns() throws IOException {
    Path stat = Path.of("/proc", Files.readString(directory.resolve("leaf")).strip(), "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  @Test
  void a_hook_that_takes_too_long_is_gone_with_all_of_its_group() throws Exception {
    String hook = leaving("exec sleep 4719");
    assertThatThrownBy(() -> run(hook))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("took too long");
    assertThat(leafRuns()).isFalse();
  }

  @Test
  void what_a_hook_leaves_in_its_group_goes_with_it() throws Exception {
    assertThat(run(leaving("echo done"))).isEqualTo("done");
    assertThat(leafRuns()).isFalse();
  }

  @Test
  void no_hook_runs_where_nothing_would_end_it_after_its_agent() throws Exception {
    Path none = directory.resolve("timeout");
    String hook = hook("touch " + directory + "/called");
    assertThatThrownBy(
            () -> new FenceHook(HASTY, none, CLOCK::now).run(hook, List.of(), Duration.ZERO))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("this machine has no " + none);
    assertThat(directory.resolve("called")).doesNotExist();
  }

  /** Its agent was frozen after it had announced it, and others count on its end. */
  @Test
  void a_hook_that_begins_late_has_only_the_time_that_is_left() throws Exception {
    Duration left = CLOCK.now().plusSeconds(5); // A shell starts in it.
    String hook = leaving("exec sleep 4721");
    assertThatThrownBy(() -> new FenceHook(PATIENT).run(hook, List.of(), left))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("took too long");
    assertThat(leafRuns()).isFalse();
  }

  @Test
  void a_hook_whose_time_is_over_is_not_begun() throws Exception {
    String hook = hook("touch " + directory + "/called");
    assertThatThrownBy(() -> new FenceHook(PATIENT).run(hook, List.of(), CLOCK.now()))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("it was not begun");
    assertThat(directory.resolve("called")).doesNotExist();
  }

  @Test
  void a_hook_is_killed_also_when_its_agent_is_dead() throws Exception {
    Process agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Calling.class.getName(),
                leaving("exec sleep 4720"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("agent.out").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(directory.resolve("leaf")));
    } finally {
      agent.destroyForcibly().waitFor();
    }
    assertThat(leafRuns()).as("nobody has ended it yet").isTrue();
    await().until(() -> !leafRuns());
  }

  /** An agent that calls a hook. */
  static final class Calling {
    private Calling() {}

    public static void main(String[] arguments) throws IOException {
      Duration shorter = Duration.ofSeconds(3);
      FenceHook hook = new FenceHook(new VolumeSettings(shorter, Duration.ZERO, 100, shorter, 3));
      hook.run(arguments[0], List.of(), hook.end());
    }
  }
}
