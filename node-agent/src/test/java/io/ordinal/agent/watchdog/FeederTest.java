package io.ordinal.agent.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file stands for the device: what was written to it is what it was fed. */
class FeederTest {
  private static final Duration OFTEN = Duration.ofMillis(5);

  @TempDir Path directory;
  private final AtomicReference<Duration> now = new AtomicReference<>(Duration.ofSeconds(100));
  private final Wellness wellness = new Wellness(now::get);
  private Path device;

  @BeforeEach
  void begin() throws IOException {
    device = Files.createFile(directory.resolve("watchdog"));
  }

  private Feeder feeder() throws IOException {
    return Feeder.start(new WatchdogSettings(device.toString(), OFTEN), wellness).orElseThrow();
  }

  private String fed() {
    try {
      return Files.readString(device);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void untilFedAgain() {
    int before = fed().length();
    await().atMost(Duration.ofSeconds(10)).until(() -> fed().length() > before + 1);
  }

  @Test
  void it_is_fed_while_all_is_well_and_let_go_at_the_end() throws IOException {
    Feeder feeder = feeder();
    untilFedAgain();
    feeder.close();
    assertThat(fed()).matches("1+V");
  }

  @Test
  void systemd_is_told_to_wait_no_more_before_the_rest_of_the_member_closes() throws IOException {
    Path notify = directory.resolve("notify");
    Files.writeString(notify, "#!/bin/sh\necho \"$@\" >>" + device + "\n");
    assertThat(notify.toFile().setExecutable(true)).isTrue();
    SystemdWatchdog systemd = new SystemdWatchdog(notify.toString());
    systemd.feed();
    new Feeder(systemd, wellness).close();
    assertThat(fed()).isEqualTo("WATCHDOG=1\nWATCHDOG_USEC=0\n");
  }

  @Test
  void the_agent_closes_on_where_systemd_cannot_be_told() {
    Feeder feeder = new Feeder(new SystemdWatchdog(directory + "/no-such-command"), wellness);
    assertThatCode(feeder::close).doesNotThrowAnyException();
  }

  @Test
  void it_starves_once_fenced_processes_outlive_the_lease() throws IOException {
    Feeder feeder = feeder();
    wellness.mustEnd(Duration.ofSeconds(2));
    wellness.mustEnd(Duration.ofSeconds(60)); // Said again: the first word counts.
    untilFedAgain();
    now.set(Duration.ofSeconds(102));
    assertThat(wellness.well()).isFalse();
    feeder.close();
    assertThat(fed()).as("not let go: the machine is reset").doesNotContain("V");
  }

  @Test
  void it_is_fed_again_when_they_ended_after_all() throws IOException {
    wellness.mustEnd(Duration.ZERO);
    Feeder feeder = feeder();
    wellness.ended();
    untilFedAgain();
    feeder.close();
  }

  @Test
  void systemd_must_have_been_told_to_watch_and_to_wait_long_enough() {
    WatchdogSettings asked = new WatchdogSettings("systemd", Duration.ofSeconds(1));
    assertThat(asked.under(Map.of("WATCHDOG_USEC", "5000000"))).isEqualTo(asked);
    assertThatThrownBy(() -> asked.under(Map.of())).hasMessageContaining("WatchdogSec");
    assertThatThrownBy(() -> asked.under(Map.of("WATCHDOG_USEC", "1900000")))
        .hasMessageContaining("watchdog-feed");
    assertThat(new WatchdogSettings("none", OFTEN).under(Map.of())).isNotNull();
  }

  @Test
  void nothing_is_fed_where_nothing_is_configured() throws IOException {
    assertThat(Feeder.start(new WatchdogSettings("none", OFTEN), wellness)).isEmpty();
    assertThatThrownBy(() -> new WatchdogSettings("dog", OFTEN))
        .hasMessageContaining("ordinal.agent.watchdog");
  }
}
