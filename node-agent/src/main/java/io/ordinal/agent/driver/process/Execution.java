package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.Driver.ExecResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command beside the processes of a run: in their namespaces, with their environment and
 * working directory. Blocks.
 */
final class Execution {
  private static final String MARK = ProcessSessions.MARK;
  private static final int TIMED_OUT = 124;
  private static final int CANNOT = 126;

  private final RunDirectory directory;
  private final RunRecord record;
  private final int outputBytes;

  Execution(RunDirectory directory, RunRecord record, int outputBytes) {
    this.directory = directory;
    this.record = record;
    this.outputBytes = outputBytes;
  }

  ExecResult run(List<String> command, Duration timeout) throws IOException {
    ProcessIdentity main =
        directory.process(RunDirectory.MAIN).filter(ProcessIdentity::alive).orElse(null);
    if (main == null) return new ExecResult(CANNOT, "the container is not running");
    String mark = UUID.randomUUID().toString();
    Path output = Files.createTempFile(directory.path(), "exec", ".out");
    ProcessBuilder builder = new ProcessBuilder(Beside.words(record, main, command));
    builder.environment().clear();
    builder.environment().putAll(Beside.environment(record));
    builder.environment().put(MARK, mark);
    if (!record.namespaces()) builder.directory(Path.of(record.workingDir()).toFile());
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    try {
      Process process = builder.start();
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) end(process, mark);
      return new ExecResult(ended ? process.exitValue() : TIMED_OUT, tail(output));
    } catch (IOException e) {
      return new ExecResult(CANNOT, e.getMessage()); // The command is not there.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      endMarked(mark);
      return new ExecResult(TIMED_OUT, "the agent is stopping");
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static void end(Process process, String mark) throws IOException {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly(); // First, or a shell would report the end of its child.
    descendants.forEach(ProcessHandle::destroyForcibly);
    endMarked(mark);
  }

  private static void endMarked(String mark) throws IOException {
    MarkerScan.killAll(() -> MarkerScan.find(List.of(MARK), mark), mark);
  }

  private String tail(Path output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      long from = Math.max(0, file.length() - outputBytes);
      file.seek(from);
      byte[] bytes = new byte[(int) Math.min(outputBytes, file.length() - from)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
