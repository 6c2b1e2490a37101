package io.ordinal.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command and hears what it says. */
public final class Shell {
  private Shell() {}

  /** Exit code, standard output and standard error of a finished command. */
  public record Result(List<String> command, int code, String out, String err) {
    /** The output, when the command succeeded. */
    public String ok() {
      if (code != 0) throw new AssertionError(command + " exited with " + code + "\n" + out + err);
      return out;
    }

    /** What it said on both. */
    public String all() {
      return out + err;
    }
  }

  /**
   * Waits for its end.
   *
   * @param patience after which it is killed, which fails the test
   */
  public static Result run(
      Map<String, String> env, Duration patience, String input, List<String> command) {
    try {
      Path out = Files.createTempFile("ordinal-test", ".out");
      Path err = Files.createTempFile("ordinal-test", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(env);
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
          stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
          // The command ended without reading its input, which is its right.
        }
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError(
              command
                  + " did not end within "
                  + patience
                  + "\n"
                  + Files.readString(out)
                  + Files.readString(err));
        }
        return new Result(
            command, process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
