package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, at random moments, and looks for everything acknowledged. */
final class RaftObjectStoreCrashTest {
  private static final int ROUNDS = 3;
  private static final long SEED = 20261120;

  @TempDir Path directory;

  private final Map<String, Long> acknowledged = new HashMap<>();
  private long highest;

  @Test
  void nothing_acknowledged_is_lost_when_the_process_is_killed() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      writeAndKill(300 + random.nextInt(900));
      try (RaftObjectStore store = RaftObjectStore.start(TestSettings.with(""), directory)) {
        store.read(Freshness.LINEARIZABLE, this::assertEverythingThere).toCompletableFuture().get();
      }
    }
  }

  private Void assertEverythingThere(View view) {
    acknowledged.forEach(
        (name, number) -> {
          StoredObject object = view.get(SampleDocuments.pod("a", name)).orElseThrow();
          assertThat(object.generation())
              .as("seed %d, %s", SEED, name)
              .isGreaterThanOrEqualTo(number);
          byte[] record = view.record(new RecordKey("replica", name)).orElseThrow().value();
          assertThat(SampleDocuments.text(record)).isEqualTo(Long.toString(object.generation()));
        });
    return null;
  }

  private void writeAndKill(long afterMs) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                directory.toString(),
                Long.toString(highest + 1))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = writer.inputReader()) {
      awaitFirstWrite(said);
      Thread killer =
          new Thread(
              () -> {
                try {
                  if (!writer.waitFor(afterMs, TimeUnit.MILLISECONDS))
                    writer.toHandle().destroyForcibly();
                } catch (InterruptedException e) {
                  writer.toHandle().destroyForcibly();
                }
              });
      killer.start();
      said.lines().forEach(this::note);
      killer.join();
    }
    assertThat(writer.waitFor()).as("killed, not ended by itself").isEqualTo(128 + 9);
  }

  /** However slow the machine is, what is killed is one that writes. */
  private void awaitFirstWrite(BufferedReader said) throws IOException {
    long before = highest;
    while (highest == before) {
      String line = said.readLine();
      assertThat(line).as("a writer that writes").isNotNull();
      note(line);
    }
  }

  /** The kill may cut the last line short: then that write does not count as acknowledged. */
  private void note(String line) {
    String[] parts = line.split(" ");
    if (!parts[0].equals("acknowledged") || !parts[parts.length - 1].equals(".")) return;
    long number = Long.parseLong(parts[1]);
    acknowledged.merge("k" + number % KilledWriter.KEYS, number, Math::max);
    highest = Math.max(highest, number);
  }
}
