package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is stopped, or frozen for a while, while it takes a shared volume over. */
class HeldUpTakeoverTest {
  private static final MountOrder MOUNT = new MountOrder("data", "/data", "", false);
  private static final BootClock CLOCK = BootClock.ofMachine();

  @TempDir Path directory;
  private Path storage;
  private String hook;

  @BeforeEach
  void begin() throws Exception {
    storage = Files.createDirectory(directory.resolve("storage"));
    Path program = directory.resolve("hook");
    Files.writeString(program, "#!/bin/sh\necho \"$4\" >>" + directory + "/fenced\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    hook = program.toString();
    prepare(Orders.node(directory.resolve("one")), life("one", 5));
  }

  private LifeOrder life(String node, long incarnation) {
    VolumeOrder claim =
        new VolumeOrder.Claimed("data", "pvc-1", "data-a-0", false, terms(incarnation));
    return Orders.life("a-0", incarnation).on(node).with(claim, MOUNT).build();
  }

  private VolumeOrder.Shared terms(long incarnation) {
    String path = storage.resolve("pvc-1").toString();
    return new VolumeOrder.Shared(path, hook, incarnation == 5, false);
  }

  private static void prepare(NodeVolumes node, LifeOrder life) throws Exception {
    try {
      node.prepare(life, event -> {}).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  /** By whom each was fenced, as node names; the hook notes its victim. */
  private List<String> fenced() throws IOException {
    Path calls = directory.resolve("fenced");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private SharedVolume frozenFor(Duration pause) {
    Supplier<Duration> before = () -> CLOCK.now().minus(pause); // Read before it was frozen.
    VolumeSettings settings = Orders.SETTINGS;
    InstantSource steady = InstantSource.system();
    return new SharedVolume(
        "pvc-1",
        storage.resolve("pvc-1").toString(),
        new SharedVolume.Tools(
            settings,
            new FenceHook(settings, FenceHook.KILLER, before),
            new HookVigil(settings.hookGrace(), steady),
            UUID::randomUUID,
            new ConcurrentHashMap<>()));
  }

  @Test
  void a_hook_that_was_announced_longer_ago_than_it_may_take_is_not_run() throws Exception {
    Duration hooks = new FenceHook(Orders.SETTINGS).most();
    LifeOrder life = life("two", 9);
    assertThatThrownBy(() -> frozenFor(hooks).take("data-a-0", terms(9), life, false, event -> {}))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("it was not begun");
    assertThat(fenced()).isEmpty();
    prepare(Orders.node(directory.resolve("three")), life("three", 12));
    assertThat(fenced()).as("its mark tells of no hook any more").containsExactly("two", "one");
  }

  @Test
  void one_that_was_frozen_for_less_takes_the_volume() throws Exception {
    frozenFor(Duration.ofSeconds(1)).take("data-a-0", terms(9), life("two", 9), false, event -> {});
    assertThat(fenced()).containsExactly("one");
  }

  @Test
  void an_agent_that_stops_before_the_hook_runs_none_and_keeps_nobody_waiting() throws Exception {
    NodeVolumes two = Orders.node(directory.resolve("two"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> prepare(two, life("two", 9))).isNotNull();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fenced()).isEmpty();
    prepare(Orders.node(directory.resolve("three")), life("three", 12));
    assertThat(fenced()).contains("one");
  }
}
