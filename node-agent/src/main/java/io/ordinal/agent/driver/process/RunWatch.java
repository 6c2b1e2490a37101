package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.RunStatus.Running;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what launchers write, at once, whoever's children they are; and, on a slow look,
 * launchers that died without a word.
 */
final class RunWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

  /** One run. Its stages complete on the watch's thread: dependents must be quick. */
  static final class Tracked {
    final ContainerRun run;
    final RunDirectory directory;
    final RunRecord record;
    final CompletableFuture<RunStatus> begun = new CompletableFuture<>();
    final CompletableFuture<Exited> exit = new CompletableFuture<>();
    private WatchKey key;

    private volatile ProcessIdentity launcher;

    private Tracked(ContainerRun run, RunDirectory directory) throws IOException {
      this.run = run;
      this.directory = directory;
      this.record = directory.record().orElseThrow();
    }

    /** Once it has noted itself; it never changes. */
    Optional<ProcessIdentity> launcher() throws IOException {
      if (launcher == null) launcher = directory.process(RunDirectory.LAUNCHER).orElse(null);
      return Optional.ofNullable(launcher);
    }
  }

  private final String bootId;
  private final WatchService service;
  private final Map<ContainerRun, Tracked> byRun = new ConcurrentHashMap<>();
  private final Map<WatchKey, Tracked> byKey = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::watch, "ordinal-run-watch");

  /**
   * Begins with nothing to watch.
   *
   * @param bootId of the machine as it runs now
   */
  RunWatch(String bootId) throws IOException {
    this.bootId = bootId;
    service = FileSystems.getDefault().newWatchService();
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins to watch; a repeat answers what is watched already. */
  synchronized Tracked track(ContainerRun run, RunDirectory directory) throws IOException {
    Tracked known = byRun.get(run);
    if (known != null) return known;
    Tracked tracked = new Tracked(run, directory);
    tracked.key =
        directory
            .path()
            .register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY);
    byKey.put(tracked.key, tracked);
    byRun.put(run, tracked);
    look(tracked); // It may have happened before the watch began.
    return tracked;
  }

  Optional<Tracked> tracked(ContainerRun run) {
    return Optional.ofNullable(byRun.get(run));
  }

  /** Every run whose end is not known. */
  Iterable<Tracked> living() {
    return byRun.values().stream().filter(tracked -> !tracked.exit.isDone()).toList();
  }

  void forget(ContainerRun run) {
    Tracked tracked = byRun.remove(run);
    if (tracked != null) unwatch(tracked);
  }

  /** Reads the run's files and completes what they answer. */
  void look(Tracked tracked) {
    try {
      Optional<Exited> exited = tracked.directory.exited(!tracked.record.bootId().equals(bootId));
      if (exited.isPresent()) {
        concluded(tracked, exited.get());
        return;
      }
      Optional<Running> running = tracked.directory.running();
      running.ifPresent(tracked.begun::complete);
    } catch (IOException | RuntimeException e) {
      LOG.error("The files of run {} cannot be read", tracked.run, e);
    }
  }

  private void concluded(Tracked tracked, Exited exited) throws IOException {
    unwatch(tracked);
    Optional<String> unmountable = tracked.directory.mountFailure();
    if (unmountable.isPresent()) {
      tracked.begun.completeExceptionally(
          new LaunchRefused("CreateContainerError", "mounting failed: " + unmountable.get()));
    }
    tracked.begun.complete(exited);
    tracked.exit.complete(exited);
  }

  private void unwatch(Tracked tracked) {
    tracked.key.cancel();
    byKey.remove(tracked.key);
  }

  private void watch() {
    try {
      while (true) {
        WatchKey key = service.take();
        key.pollEvents();
        key.reset();
        Tracked tracked = byKey.get(key);
        if (tracked != null) look(tracked);
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
