package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Session;
import io.ordinal.agent.driver.SessionSpec;
import io.ordinal.agent.driver.Sessions;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Commands beside runs of the process driver. A terminal is made by {@code script} of util-linux,
 * on the machine's side of the namespaces, since a container need not have it.
 */
final class ProcessSessions implements Sessions {
  /** In the environment of everything that a session starts. */
  static final String MARK = "ORDINAL_EXEC";

  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String NO_RUN = "the container is not running";

  private final RunStore runs;
  private final DriverThreads threads;
  private final Duration hangUp;

  /**
   * @param hangUp between asking what runs to end and killing it
   */
  ProcessSessions(RunStore runs, DriverThreads threads, Duration hangUp) {
    this.runs = runs;
    this.threads = threads;
    this.hangUp = hangUp;
  }

  /** Ends what sessions of an earlier JVM of this state directory left. Blocks. */
  void endFormer() throws IOException {
    for (MarkerScan.Marked left : MarkerScan.find(List.of(MARK), runs.marker() + "/")) {
      left.process().kill();
    }
  }

  @Override
  public CompletionStage<Session> begin(ContainerRun run, SessionSpec spec) {
    return threads.run(() -> started(runs.directory(run), spec));
  }

  private Session started(RunDirectory directory, SessionSpec spec) throws IOException {
    RunRecord record = directory.record().orElseThrow(() -> new IOException(NO_RUN));
    ProcessIdentity main = main(directory);
    if (spec.tty() && !Files.isExecutable(SCRIPT)) {
      throw new IOException("this node cannot give a terminal: it has no " + SCRIPT);
    }
    String mark = runs.marker() + "/" + UUID.randomUUID();
    ProcessBuilder builder =
        new ProcessBuilder(
            spec.tty()
                ? Beside.words(
                    record, main, spec.command(), words -> inTerminal(words, record, spec))
                : Beside.words(record, main, spec.command()));
    environment(builder.environment(), record, spec, mark);
    if (!record.namespaces()) builder.directory(Path.of(record.workingDir()).toFile());
    builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    ProcessSession session = started(builder, directory, spec, mark);
    // Whoever swept up after the run may have looked before this was there.
    if (!main.alive()) session.hangUp();
    return session;
  }

  private ProcessSession started(
      ProcessBuilder builder, RunDirectory directory, SessionSpec spec, String mark)
      throws IOException {
    boolean errors = spec.errors() && !spec.tty();
    List<NamedPipe> pipes =
        NamedPipe.make(directory.path(), (spec.output() ? 1 : 0) + (errors ? 1 : 0));
    NamedPipe output = spec.output() ? pipes.get(0) : null;
    NamedPipe last = errors ? pipes.get(pipes.size() - 1) : null;
    if (output != null) builder.redirectOutput(output.target());
    if (last != null) builder.redirectError(last.target());
    builder.redirectErrorStream(spec.tty());
    boolean begun = false;
    try {
      Process process = builder.start();
      begun = true;
      ProcessSession.Outputs outputs =
          new ProcessSession.Outputs(Optional.ofNullable(output), Optional.ofNullable(last));
      return new ProcessSession(process, mark, spec, outputs, threads, hangUp);
    } finally {
      for (NamedPipe pipe : pipes) {
        pipe.handedOver();
        if (!begun) pipe.close();
      }
    }
  }

  private static ProcessIdentity main(RunDirectory directory) throws IOException {
    return directory
        .process(RunDirectory.MAIN)
        .filter(ProcessIdentity::alive)
        .orElseThrow(() -> new IOException(NO_RUN));
  }

  private static void environment(
      Map<String, String> environment, RunRecord record, SessionSpec spec, String mark) {
    environment.clear();
    environment.putAll(Beside.environment(record));
    environment.put(MARK, mark);
    if (!spec.tty()) return;
    environment.putIfAbsent("TERM", "xterm");
    environment.remove("SHELL"); // Which script would run instead of the one that is here.
  }

  private static List<String> inTerminal(List<String> words, RunRecord record, SessionSpec spec) {
    StringBuilder line = new StringBuilder();
    if (spec.columns() > 0) {
      // By the machine's path: the container's may lead to files of its own.
      line.append("PATH=")
          .append(Launcher.TOOLS)
          .append(" stty cols ")
          .append(spec.columns())
          .append(" rows ")
          .append(spec.rows());
      line.append("; ");
    }
    String shell = record.env().get("SHELL");
    if (shell != null) line.append("export SHELL=").append(ShellText.quoted(shell)).append("; ");
    line.append("exec ").append(ShellText.words(words));
    List<String> terminal = new ArrayList<>(List.of(SCRIPT.toString(), "--quiet", "--return"));
    terminal.addAll(List.of("--flush", "--echo", "always", "--command", line.toString()));
    terminal.add("/dev/null");
    return terminal;
  }
}
