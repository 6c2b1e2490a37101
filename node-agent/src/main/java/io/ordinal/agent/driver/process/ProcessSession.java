package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.Session;
import io.ordinal.agent.driver.SessionSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command beside a run: its process, and whatever that started. */
final class ProcessSession implements Session {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSession.class);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** What it writes; empty where it goes nowhere. */
  record Outputs(Optional<NamedPipe> output, Optional<NamedPipe> errors) {}

  private final Process process;
  private final String mark;
  private final SessionSpec spec;
  private final Outputs outputs;
  private final DriverThreads threads;
  private final Duration patience;
  private final AtomicReference<CompletionStage<Void>> hangingUp = new AtomicReference<>();

  /**
   * @param mark what the environment of everything that it starts carries
   * @param patience between asking what runs to end and killing it
   */
  ProcessSession(
      Process process,
      String mark,
      SessionSpec spec,
      Outputs outputs,
      DriverThreads threads,
      Duration patience) {
    this.process = process;
    this.mark = mark;
    this.spec = spec;
    this.outputs = outputs;
    this.threads = threads;
    this.patience = patience;
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public InputStream output() {
    return reader(outputs.output());
  }

  @Override
  public Optional<InputStream> errors() {
    return spec.tty() ? Optional.empty() : Optional.of(reader(outputs.errors()));
  }

  private static InputStream reader(Optional<NamedPipe> pipe) {
    return pipe.isPresent() ? pipe.get() : InputStream.nullInputStream();
  }

  @Override
  public CompletionStage<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  @Override
  public void resize(int columns, int rows) {
    if (!spec.tty() || columns < 1 || rows < 1) return;
    Optional<Path> terminal =
        process
            .descendants()
            .map(each -> Path.of("/proc/" + each.pid() + "/fd/0"))
            .filter(ProcessSession::isTerminal)
            .findFirst();
    if (terminal.isEmpty()) return;
    run(List.of("stty", "-F", terminal.get().toString(), "cols", "" + columns, "rows", "" + rows));
  }

  private static boolean isTerminal(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith("/dev/pts");
    } catch (IOException e) {
      return false; // Its process has ended.
    }
  }

  @Override
  public CompletionStage<Void> hangUp() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    if (!hangingUp.compareAndSet(null, mine)) return hangingUp.get();
    threads
        .run(
            () -> {
              end();
              return null;
            })
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) LOG.warn("what {} left cannot be ended", mark, failure);
              mine.complete(null);
            });
    return mine;
  }

  private void end() throws IOException, InterruptedException {
    Set<ProcessIdentity> left = living();
    List<String> politely = new ArrayList<>(List.of("kill", "-HUP"));
    left.forEach(each -> politely.add(Long.toString(each.pid())));
    if (!left.isEmpty()) run(politely);
    long until = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < until && left.stream().anyMatch(ProcessIdentity::alive)) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
    left.addAll(living());
    process.destroyForcibly();
    left.forEach(ProcessIdentity::kill);
    MarkerScan.killAll(() -> MarkerScan.find(List.of(ProcessSessions.MARK), mark), mark);
    if (outputs.output().isPresent()) outputs.output().get().close();
    if (outputs.errors().isPresent()) outputs.errors().get().close();
  }

  /** By descent and by mark: neither finds all, since some change their environment or parents. */
  private Set<ProcessIdentity> living() throws IOException {
    Set<ProcessIdentity> found = new LinkedHashSet<>();
    ProcessIdentity.of(process.pid()).ifPresent(found::add);
    process.descendants().forEach(each -> ProcessIdentity.of(each.pid()).ifPresent(found::add));
    MarkerScan.find(List.of(ProcessSessions.MARK), mark)
        .forEach(marked -> found.add(marked.process()));
    return found;
  }

  private static void run(List<String> words) {
    try {
      ProcessBuilder builder = Launcher.quiet(words);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.start().waitFor(1, TimeUnit.SECONDS);
    } catch (IOException e) {
      LOG.warn("{} cannot be run: {}", words.get(0), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
