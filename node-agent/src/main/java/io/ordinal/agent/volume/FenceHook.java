package io.ordinal.agent.volume;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The operator's program that keeps a volume's last owner from writing to it: it revokes an export,
 * takes a reservation, switches a machine off. It may be run again after it succeeded. Blocks.
 *
 * <p>Others wait for a run from when it is announced. So its time counts from then, and not from
 * when the program begins: this JVM may be frozen in between, and a hook that takes effect late
 * could undo the access of the next owner. What starts the program looks at the clock itself.
 */
final class FenceHook {
  private static final String TOOLS =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Ends the program also when nobody is left to do it. */
  static final Path KILLER = Path.of("/usr/bin/timeout");

  /**
   * Arguments: the time on the machine's clock when the run must be over, in hundredths of a
   * second; the killer; the program and its arguments. A killer that is given no time would wait
   * for ever.
   */
  private static final String UNTIL =
      """
      read -r now rest </proc/uptime
      left=$(($1 - ${now%.*}${now#*.}))
      killer=$2
      shift 2
      if [ "$left" -lt 10 ]; then
        echo 'it was not begun: its time was over before, as after a pause of this agent'
        exit 125
      fi
      exec "$killer" --signal=KILL "$((left / 100)).$((left % 100 / 10))" "$@"
      """;

  private static final long MILLIS_PER_HUNDREDTH = 10;
  private static final int KILLED = 137;

  private static final Duration KILLED_LATER_BY = Duration.ofSeconds(1);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final VolumeSettings settings;
  private final Path killer;
  private final Supplier<Duration> clock;

  FenceHook(VolumeSettings settings) {
    this(settings, KILLER, BootClock.ofMachine()::now);
  }

  /**
   * @param clock time since the machine was started
   */
  FenceHook(VolumeSettings settings, Path killer, Supplier<Duration> clock) {
    this.settings = settings;
    this.killer = killer;
    this.clock = clock;
  }

  /** It was killed and is still there: it waits for a device, and may yet take effect. */
  static final class NotOver extends IOException {
    private static final long serialVersionUID = 1;

    NotOver(String message) {
      super(message);
    }
  }

  /** How long a call can take at most, whatever becomes of the agent. */
  Duration most() {
    return settings.hookTimeout().plus(KILLED_LATER_BY);
  }

  /** When a run must be over that is announced after this call, on the machine's clock. */
  Duration end() {
    return clock.get().plus(most());
  }

  /**
   * @param until as {@link #end} said before the run was announced
   * @return what it said
   * @throws LaunchRefused when it did not succeed in time: the volume must not be mounted
   * @throws NotOver when, besides, it could not be ended
   */
  String run(String program, List<String> arguments, Duration until) throws IOException {
    Path file = Path.of(program);
    if (!file.isAbsolute() || !Files.isExecutable(file)) {
      throw new LaunchRefused(
          VolumeFiles.FAILED, "the hook " + program + " is not an absolute path of a program here");
    }
    if (!Files.isExecutable(killer)) {
      throw new LaunchRefused(
          VolumeFiles.FAILED,
          "no hook runs here: this machine has no " + killer + ", which ends one of a lost agent");
    }
    Path output = Files.createTempFile("ordinal-hook", ".out");
    try {
      boolean ended;
      Process process = start(program, arguments, until, output);
      try {
        ended = endsInTime(process);
      } finally {
        end(process);
      }
      String said = tail(output);
      if (ended && process.exitValue() == 0) return said;
      // Begun late, it has less time than its settings say, and is killed when that is over.
      boolean late =
          !ended
              || (process.exitValue() == KILLED
                  && clock.get().compareTo(until.minus(KILLED_LATER_BY)) >= 0);
      String how = late ? "took too long" : "ended with " + process.exitValue();
      throw new LaunchRefused(VolumeFiles.FAILED, "the hook " + program + " " + how + ": " + said);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private boolean endsInTime(Process process) {
    try {
      return process.waitFor(settings.hookTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchRefused(VolumeFiles.FAILED, "the agent stops while the hook runs");
    }
  }

  private Process start(String program, List<String> arguments, Duration until, Path output)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", UNTIL, "ordinal-hook"));
    command.add(Long.toString(until.toMillis() / MILLIS_PER_HUNDREDTH));
    command.addAll(List.of(killer.toString(), program));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", TOOLS);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /**
   * When this returns nothing of the hook runs: neither the group that its killer made nor what
   * descends from it. An interruption is kept for later.
   */
  private static void end(Process process) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly(); // Had it no group yet, it makes none now.
      long until = System.nanoTime() + KILLED_LATER_BY.toNanos();
      process.waitFor(KILLED_LATER_BY.toMillis(), TimeUnit.MILLISECONDS);
      while (hasMembers(process.pid())) {
        if (System.nanoTime() > until) throw new NotOver("the hook was killed, and is not gone");
        killGroup(process.pid()).waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    } catch (InterruptedException e) {
      interrupted = true;
      throw new NotOver("the agent stops, and the hook is not gone");
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private static Process killGroup(long group) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", "kill -s KILL -- -" + group)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The dead that nobody has buried do not count. */
  private static boolean hasMembers(long group) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) if (isMember(process, group)) return true;
    }
    return false;
  }

  private static boolean isMember(Path process, long group) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      return !dead && Long.parseLong(fields[2]) == group;
    } catch (IOException e) {
      return false; // It ended meanwhile.
    }
  }

  private String tail(Path output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      long from = Math.max(0, file.length() - settings.hookOutputBytes());
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }
}
