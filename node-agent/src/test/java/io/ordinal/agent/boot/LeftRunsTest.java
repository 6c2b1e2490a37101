package io.ordinal.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.catalogue.ImageCatalogue;
import io.ordinal.agent.driver.process.DeadlineFile;
import io.ordinal.agent.driver.process.ProcessDriver;
import io.ordinal.agent.driver.process.ProcessSettings;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, found by a driver that did not start them. */
class LeftRunsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Config config = ConfigFactory.load();
  @TempDir private Path directory;
  private AgentPlace place;

  @BeforeEach
  void begin() throws IOException {
    Path images = Files.createDirectories(directory.resolve("images"));
    Files.writeString(
        images.resolve("test.conf"), "images = [{ repository = shell, entrypoint = [sh, -c] }]");
    place = new AgentPlace(directory, images, Map.of());
  }

  private ProcessDriver driver() throws IOException {
    return ProcessDriver.open(
        directory.toRealPath().resolve("driver"),
        new ImageCatalogue(place.images(), Map.of()),
        new DeadlineFile(directory.resolve("deadline"), BootClock.ofMachine()),
        ProcessSettings.from(config),
        InstantSource.system());
  }

  private static LaunchSpec spec(String name, String script) {
    return new LaunchSpec(
        new ContainerRun(new ReplicaId("test", name), new Incarnation(7), "main", 0),
        "uid",
        false,
        name,
        "set",
        3,
        "127.64.0.1",
        "shell",
        List.of(),
        List.of(script),
        "",
        Map.of(),
        List.of());
  }

  private Exited exit(ProcessDriver driver, LaunchSpec spec) throws Exception {
    return driver
        .exit(spec.run())
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void what_says_0_when_it_is_told_to_end_has_not_finished() throws Exception {
    Path up = directory.resolve("up");
    LaunchSpec working =
        spec("working", "trap 'exit 0' TERM; touch " + up + "; while :; do sleep 0.05; done");
    LaunchSpec finished = spec("finished", "exit 0");
    try (ProcessDriver driver = driver()) {
      driver.start(working).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      driver.start(finished).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      await().atMost(PATIENCE).until(() -> Files.exists(up));
      assertThat(exit(driver, finished).exitCode()).hasValue(0);
    }
    assertThat(LeftRuns.end(place, config, PATIENCE)).containsExactly("test/working");
    try (ProcessDriver next = driver()) {
      assertThat(exit(next, working).exitCode()).hasValue(0);
      assertThat(exit(next, working).told()).isTrue();
      assertThat(exit(next, finished).told()).as("it ended by itself, before").isFalse();
    }
  }
}
