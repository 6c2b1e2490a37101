package io.ordinal.agent.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The clock that leases are counted on: time since the machine was started, suspension included
 * (CLOCK_BOOTTIME). Launchers read the same one in {@code /proc/uptime}.
 */
public final class BootClock {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final long MILLIS_PER_HUNDREDTH = 10;

  private final String bootId;

  private BootClock(String bootId) {
    this.bootId = bootId;
  }

  /** This machine's. */
  public static BootClock ofMachine() {
    return new BootClock(read(BOOT_ID));
  }

  /** Tells one start of the machine from another. */
  public String bootId() {
    return bootId;
  }

  /** Since the machine was started, in hundredths of a second, rounded down. */
  public Duration now() {
    String text = read(UPTIME);
    String seconds = text.substring(0, text.indexOf(' '));
    return Duration.ofMillis(Long.parseLong(seconds.replace(".", "")) * MILLIS_PER_HUNDREDTH);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel does not tell " + file, e);
    }
  }
}
