package io.ordinal.agent.volume;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The operator's program that keeps a volume's last owner from writing to it: it revokes an export,
 * takes a reservation, switches a machine off. It may be run again after it succeeded. Blocks.
 */
final class FenceHook {
  private static final String TOOLS =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Ends the program also when nobody is left to do it. */
  private static final Path KILLER = Path.of("/usr/bin/timeout");

  private static final Duration KILLED_LATER_BY = Duration.ofSeconds(1);

  private final VolumeSettings settings;

  FenceHook(VolumeSettings settings) {
    this.settings = settings;
  }

  /** How long a call can take at most, whatever becomes of the agent. */
  Duration most() {
    return settings.hookTimeout().plus(KILLED_LATER_BY);
  }

  /**
   * @return what it said
   * @throws LaunchRefused when it did not succeed in time: the volume must not be mounted
   */
  String run(String program, List<String> arguments) throws IOException {
    Path file = Path.of(program);
    if (!file.isAbsolute() || !Files.isExecutable(file)) {
      throw new LaunchRefused(
          VolumeFiles.FAILED, "the hook " + program + " is not an absolute path of a program here");
    }
    Path output = Files.createTempFile("ordinal-hook", ".out");
    try {
      Process process = start(program, arguments, output);
      boolean ended = endsInTime(process);
      String said = tail(output);
      if (ended && process.exitValue() == 0) return said;
      String how = ended ? "ended with " + process.exitValue() : "took too long";
      throw new LaunchRefused(VolumeFiles.FAILED, "the hook " + program + " " + how + ": " + said);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** When this returns, or throws, the hook runs no more. */
  private boolean endsInTime(Process process) {
    try {
      boolean ended = process.waitFor(settings.hookTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) end(process);
      return ended;
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new LaunchRefused(VolumeFiles.FAILED, "the agent stops while the hook runs");
    }
  }

  private Process start(String program, List<String> arguments, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(KILLER)) {
      String seconds = most().toMillis() / 1000.0 + "s";
      command.addAll(List.of(KILLER.toString(), "--signal=KILL", seconds));
    }
    command.add(program);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", TOOLS);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static void end(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
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
