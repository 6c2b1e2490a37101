package io.ordinal.agent.driver.process;

import com.typesafe.config.ConfigFactory;
import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.agent.driver.RunStatus.Running;
import io.ordinal.agent.driver.catalogue.ImageCatalogue;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A driver on a directory of its own, for tests with real processes. */
final class Bench implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final Path state;
  final DeadlineFile deadline;
  final ProcessDriver driver;

  Bench(Path state, String... overrides) throws IOException {
    this.state = state;
    Path images = Files.createDirectories(state.resolve("images"));
    Files.writeString(
        images.resolve("test.conf"),
        "images = [{ repository = shell, entrypoint = [sh, -c] }, { repository = pinned, tags = [1],"
            + " pinned = true }, { repository = tagged, tags = [1] }]");
    this.deadline = new DeadlineFile(state.resolve("deadline"), BootClock.ofMachine());
    ProcessSettings settings =
        ProcessSettings.from(
            ConfigFactory.parseString(String.join("\n", overrides))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    this.driver =
        ProcessDriver.open(
            state.resolve("driver"),
            new ImageCatalogue(images, Map.of()),
            deadline,
            settings,
            InstantSource.system());
  }

  static ContainerRun run(String name) {
    return new ContainerRun(new ReplicaId("test", name), new Incarnation(7), "main", 0);
  }

  static LaunchSpec spec(String name, String script, Mount... mounts) {
    return spec(name, false, script, mounts);
  }

  static LaunchSpec spec(String name, boolean fenced, String script, Mount... mounts) {
    return new LaunchSpec(
        run(name),
        "uid",
        fenced,
        name,
        "set",
        3,
        "127.64.0.1",
        "shell",
        List.of(),
        List.of(script),
        "",
        Map.of("GREETING", "it's\n\"me\" $HOME"),
        List.of(mounts));
  }

  Running start(LaunchSpec spec) {
    return (Running) await(driver.start(spec));
  }

  String log(String name) throws IOException {
    return Files.readString(state.resolve("driver/lives/test_" + name + "_7/main.0.log"));
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static boolean alive(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }

  @Override
  public void close() throws IOException {
    for (ContainerRun run : await(driver.recover()).keySet()) await(driver.kill(run));
    driver.close();
  }
}
