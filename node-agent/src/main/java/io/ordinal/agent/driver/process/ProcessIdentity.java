package io.ordinal.agent.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param startTicks field 22 of /proc/PID/stat
 */
record ProcessIdentity(long pid, long startTicks) {
  /** Fields of /proc/PID/stat after the name in parentheses, which may itself contain blanks. */
  private static final int STATE = 0;

  private static final int START_TICKS = 19;

  /** The process with this number as it is now, or nothing when there is none or it is a zombie. */
  static Optional<ProcessIdentity> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
      if (dead) return Optional.empty();
      return Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS])));
    } catch (IOException e) {
      return Optional.empty(); // Gone, also while it was read.
    }
  }

  boolean alive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** SIGTERM, unless the process is gone. */
  void terminate() {
    if (alive()) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  /** SIGKILL, unless the process is gone. */
  void kill() {
    if (alive()) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}
