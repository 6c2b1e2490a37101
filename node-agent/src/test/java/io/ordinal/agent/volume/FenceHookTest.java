package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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

  @TempDir Path directory;

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
    assertThatThrownBy(() -> new FenceHook(HASTY).run(hook, List.of()))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("took too long");
    assertThat(leafRuns()).isFalse();
  }

  @Test
  void what_a_hook_leaves_in_its_group_goes_with_it() throws Exception {
    assertThat(new FenceHook(HASTY).run(leaving("echo done"), List.of())).isEqualTo("done");
    assertThat(leafRuns()).isFalse();
  }

  @Test
  void no_hook_runs_where_nothing_would_end_it_after_its_agent() throws Exception {
    Path none = directory.resolve("timeout");
    String hook = hook("touch " + directory + "/called");
    assertThatThrownBy(() -> new FenceHook(HASTY, none).run(hook, List.of()))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("this machine has no " + none);
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
      new FenceHook(new VolumeSettings(shorter, Duration.ZERO, 100, shorter, 3))
          .run(arguments[0], List.of());
    }
  }
}
