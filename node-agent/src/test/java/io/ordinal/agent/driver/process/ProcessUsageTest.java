package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUsageTest {
  private static final ReplicaId POD = new ReplicaId("default", "busy");

  @TempDir Path state;

  @Test
  void a_busy_container_is_seen_to_be_busy() throws Exception {
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try (ProcessUsage meter = meter(Duration.ofMillis(300))) {
      run(busy.pid());
      NodeUsage usage = meter.read().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(usage.window()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
      assertThat(usage.node().memoryBytes()).isPositive();
      assertThat(usage.containers())
          .singleElement()
          .satisfies(each -> assertThat(each.replica()).isEqualTo(POD))
          .satisfies(each -> assertThat(each.container()).isEqualTo("c"))
          .satisfies(each -> assertThat(each.amount().memoryBytes()).isGreaterThan(100_000));
      // A machine with other work may let it wait for longer than a window.
      Awaitility.await()
          .until(
              () -> meter.read().toCompletableFuture().get(20, TimeUnit.SECONDS),
              each -> each.containers().get(0).amount().nanocores() > 0);
    } finally {
      busy.destroyForcibly();
    }
  }

  @Test
  void who_asks_at_once_again_hears_the_same() throws Exception {
    try (ProcessUsage meter = meter(Duration.ofMillis(200))) {
      var one = meter.read();
      var other = meter.read();
      NodeUsage usage = one.toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(other.toCompletableFuture().get(20, TimeUnit.SECONDS)).isSameAs(usage);
      assertThat(usage.containers()).isEmpty();
    }
  }

  @Test
  void a_container_that_began_since_somebody_asked_is_measured_too() throws Exception {
    Process fresh = new ProcessBuilder("sleep", "1000").start();
    try (ProcessUsage meter = meter(Duration.ofMillis(100))) {
      NodeUsage before = meter.read().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(before.containers()).isEmpty();
      run(fresh.pid());
      NodeUsage usage =
          Awaitility.await() // Who asks within the window hears the last answer again.
              .until(
                  () -> meter.read().toCompletableFuture().get(20, TimeUnit.SECONDS),
                  each -> each != before);
      assertThat(usage.containers()).hasSize(1);
    } finally {
      fresh.destroyForcibly();
    }
  }

  @Test
  void the_settings_of_the_reference_are_sound() {
    assertThat(UsageSettings.from(ConfigFactory.load()).least()).isPositive();
  }

  private ProcessUsage meter(Duration window) {
    return new ProcessUsage(
        state,
        InstantSource.system(),
        System::nanoTime,
        new UsageSettings(window, Duration.ofMinutes(1)));
  }

  private void run(long pid) throws IOException {
    RunStore store = new RunStore(state);
    ContainerRun run = new ContainerRun(POD, new Incarnation(1), "c", 0);
    RunDirectory directory = store.create(run);
    directory.writeRecord(
        new RunRecord("default", "busy", 1, "c", 0, "boot", true, false, "/", Map.of()));
    ProcessIdentity main = ProcessIdentity.of(pid).orElseThrow();
    Files.writeString(directory.file(RunDirectory.MAIN), pid + " " + main.startTicks() + "\n");
  }
}
