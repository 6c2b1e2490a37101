package io.ordinal.agent.boot;

import com.typesafe.config.Config;
import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.driver.catalogue.ImageCatalogue;
import io.ordinal.agent.driver.process.DeadlineFile;
import io.ordinal.agent.driver.process.ProcessDriver;
import io.ordinal.agent.driver.process.ProcessSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The processes that an agent left running when it stopped. */
public final class LeftRuns {
  private LeftRuns() {}

  /**
   * Ends all of them, politely first; blocks. The agent must not be running. At its next start none
   * of these ends counts as finished work, also where the process said 0: what is to be restarted
   * on failure starts again.
   *
   * @param grace between SIGTERM and SIGKILL
   * @return the identities whose processes were ended
   */
  public static List<String> end(AgentPlace place, Config config, Duration grace)
      throws IOException {
    Path root = place.directory().toAbsolutePath();
    DeadlineFile deadline = new DeadlineFile(root.resolve("deadline"), BootClock.ofMachine());
    try (ProcessDriver driver =
        ProcessDriver.open(
            root.resolve("driver"),
            new ImageCatalogue(place.images(), place.imageValues()),
            deadline,
            ProcessSettings.from(config),
            InstantSource.system())) {
      List<ContainerRun> running =
          driver.recover().toCompletableFuture().join().entrySet().stream()
              .filter(found -> found.getValue() instanceof RunStatus.Running)
              .map(java.util.Map.Entry::getKey)
              .toList();
      CompletableFuture.allOf(
              running.stream()
                  .map(run -> end(driver, run, grace))
                  .toArray(CompletableFuture[]::new))
          .join();
      return running.stream().map(run -> run.replica().toString()).distinct().sorted().toList();
    }
  }

  private static CompletableFuture<RunStatus.Exited> end(
      ProcessDriver driver, ContainerRun run, Duration grace) {
    CompletionStage<RunStatus.Exited> exit =
        driver.tellToEnd(run).thenCompose(asked -> driver.exit(run));
    return exit.toCompletableFuture()
        .copy()
        .orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (exited, late) ->
                late == null ? CompletableFuture.completedStage(exited) : driver.kill(run))
        .thenCompose(ended -> ended)
        .toCompletableFuture();
  }
}
