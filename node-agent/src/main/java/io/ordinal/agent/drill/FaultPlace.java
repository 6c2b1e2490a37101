package io.ordinal.agent.drill;

import io.ordinal.agent.driver.BootClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What faults are done to.
 *
 * @param member its name, for what is told
 * @param address where other members reach it
 * @param directory of the faults, which is theirs alone
 * @param driver the process driver's directory; need not be there
 * @param pid of the member's JVM
 */
public record FaultPlace(
    String member, String address, Path directory, Path driver, long pid, BootClock clock) {

  /** The driver's runs. */
  Path lives() {
    return driver.resolve("lives");
  }

  /** What the environment of the driver's processes carries; matches none when it has no runs. */
  String marker() throws IOException {
    Path file = driver.resolve("marker");
    return Files.exists(file) ? Files.readString(file).strip() : "none";
  }

  /** The JVM as a line {@code PID START}. */
  String process() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return pid + " " + fields[START_TICKS];
  }

  private static final int START_TICKS = 19;
}
