package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.tests.hosts.Scenario.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Scenario FLAPS = Scenario.of(Kind.NODE_FLAPS, 3, 3, 5);
  private static final Scenario FROZEN = Scenario.of(Kind.MEMBER_FROZEN, 4, 3, 5);

  @TempDir Path directory;

  @Test
  void tells_a_line_for_every_scenario() throws IOException {
    Path file = directory.resolve("trouble/runs");
    Ledger ledger = new Ledger(file);
    assertThat(ledger).hasToString("");
    ledger.held(FLAPS, Duration.ofMillis(1_240), Duration.ofSeconds(31));
    ledger.offended(FROZEN, Duration.ofSeconds(150), new AssertionError("\n[I1] \nand much more"));
    assertThat(ledger.toString().strip().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "scenario seed verdict whole (s) all (s)",
            "NODE_FLAPS 3 held 1.2 31.0",
            "MEMBER_FROZEN 4 OFFENDED - 150.0 [I1]");
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void a_later_run_adds_to_the_file() throws IOException {
    Path file = directory.resolve("runs");
    new Ledger(file).held(FLAPS, Duration.ZERO, Duration.ZERO);
    new Ledger(file).held(FROZEN, Duration.ZERO, Duration.ZERO);
    assertThat(Files.readAllLines(file)).hasSize(2);
  }
}
