package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Driver;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.RunStatus.Running;
import io.ordinal.agent.driver.Sessions;
import io.ordinal.agent.driver.catalogue.ImageCatalogue;
import io.ordinal.agent.driver.process.ProcessSettings.Namespaces;
import io.ordinal.agent.driver.process.RunWatch.Tracked;
import io.ordinal.agent.logs.FileLogReader;
import io.ordinal.agent.logs.LogTailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Containers as processes of the machine, each below a launcher that outlives this JVM. A pid is
 * always checked with its start time before it is signalled.
 */
public final class ProcessDriver implements Driver, AutoCloseable {
  private final Abilities abilities;
  private final ImageCatalogue catalogue;
  private final InstantSource time;
  private final ProcessSettings settings;
  private final RunStore runs;
  private final FormerRuns former;
  private final RunWatch watch;
  private final Launcher launcher;
  private final Liveness liveness;
  private final DriverThreads threads;
  private final ProcessSessions sessions;
  private final LogTailer tailer;
  private final FileLogReader logReader;
  private final Map<ContainerRun, CompletableFuture<RunStatus>> starting =
      new ConcurrentHashMap<>();

  private ProcessDriver(
      Path state,
      Abilities abilities,
      ImageCatalogue catalogue,
      DeadlineFile deadline,
      ProcessSettings settings,
      InstantSource time)
      throws IOException {
    BootClock clock = BootClock.ofMachine();
    this.abilities = abilities;
    this.catalogue = catalogue;
    this.time = time;
    this.settings = settings;
    this.runs = new RunStore(state);
    this.former = new FormerRuns(runs, deadline.file());
    this.watch = new RunWatch(clock.bootId());
    this.launcher = new Launcher(state, runs, abilities, settings, deadline, clock.bootId());
    this.liveness = new Liveness(watch, runs, launcher, clock, time, settings.startPatience());
    this.threads = new DriverThreads(settings.startsAtOnce());
    this.sessions = new ProcessSessions(runs, threads, settings.hangUp());
    sessions.endFormer();
    this.tailer = new LogTailer(settings.logKeepBytes(), settings.logLook(), time);
    this.logReader =
        new FileLogReader(run -> runs.directory(run).log(), tailer, settings.logLook(), time);
    threads.repeat(liveness, settings.liveness());
  }

  /**
   * Finds out what the machine allows and opens the state directory. Blocks; called once, by boot.
   *
   * @param state the driver's own directory, made if absent; no other JVM may use it meanwhile
   * @param deadline held by the launchers of fenced runs
   */
  public static ProcessDriver open(
      Path state,
      ImageCatalogue catalogue,
      DeadlineFile deadline,
      ProcessSettings settings,
      InstantSource time)
      throws IOException {
    Path own = Files.createDirectories(state.toAbsolutePath()).toRealPath();
    Path stage = Files.createDirectories(own.resolve("root"));
    boolean tries = settings.namespaces() == Namespaces.AUTO;
    Abilities abilities = tries ? new AbilityProbe(stage).look() : Abilities.NONE;
    return new ProcessDriver(own, abilities, catalogue, deadline, settings, time);
  }

  /** Reads what this driver's runs wrote. */
  public FileLogReader logReader() {
    return logReader;
  }

  /** Commands beside this driver's runs. */
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public Map<String, String> traits() {
    return abilities.traits();
  }

  @Override
  public CompletionStage<String> pull(String image) {
    return threads.run(() -> catalogue.find(image).note());
  }

  @Override
  public Optional<String> shortfall(LaunchSpec spec) {
    return abilities.shortfall(spec.mounts());
  }

  @Override
  public CompletionStage<RunStatus> start(LaunchSpec spec) {
    CompletableFuture<RunStatus> mine = new CompletableFuture<>();
    CompletableFuture<RunStatus> other = starting.putIfAbsent(spec.run(), mine);
    if (other != null) return other;
    threads
        .start(() -> startedOrFound(spec))
        .thenCompose(tracked -> tracked.begun.thenApply(begun -> now(tracked, begun)))
        .whenComplete(
            (status, failure) -> {
              starting.remove(spec.run());
              if (failure == null) mine.complete(status);
              else mine.completeExceptionally(DriverThreads.cause(failure));
            });
    return mine;
  }

  @Override
  public CompletionStage<Map<ContainerRun, RunStatus>> recover() {
    return threads
        .run(
            () -> {
              Map<ContainerRun, Tracked> found = new HashMap<>();
              for (Map.Entry<ContainerRun, RunDirectory> entry : runs.all().entrySet()) {
                Tracked tracked = track(entry.getKey(), entry.getValue());
                if (!tracked.exit.isDone()) liveness.examine(tracked);
                found.put(entry.getKey(), tracked);
              }
              return found;
            })
        .thenCompose(ProcessDriver::statuses);
  }

  @Override
  public CompletionStage<Exited> exit(ContainerRun run) {
    return tracked(run)
        .thenCompose(tracked -> tracked.isPresent() ? tracked.get().exit.copy() : nothingRan());
  }

  @Override
  public CompletionStage<Void> terminate(ContainerRun run) {
    return tracked(run)
        .thenCompose(
            tracked ->
                tracked.isPresent()
                    ? begunOrLate(tracked.get()).thenCompose(this::terminate)
                    : CompletableFuture.completedFuture(null));
  }

  /**
   * Sends SIGTERM as {@link #terminate} does, since all that runs here is to stop: from then on the
   * run's end counts as {@link Exited#told}, for later drivers too.
   */
  public CompletionStage<Void> tellToEnd(ContainerRun run) {
    return tracked(run)
        .thenCompose(
            tracked ->
                tracked.isPresent()
                    ? begunOrLate(tracked.get()).thenCompose(this::tellToEnd)
                    : CompletableFuture.completedFuture(null));
  }

  @Override
  public CompletionStage<Exited> kill(ContainerRun run) {
    return tracked(run)
        .thenCompose(
            tracked ->
                tracked.isPresent()
                    ? begunOrLate(tracked.get()).thenCompose(this::kill)
                    : nothingRan());
  }

  @Override
  public CompletionStage<Void> setFenced(ContainerRun run, boolean fenced) {
    return tracked(run)
        .thenCompose(
            tracked ->
                tracked.isEmpty() || tracked.get().exit.isDone()
                    ? CompletableFuture.completedFuture(null)
                    : begunOrLate(tracked.get())
                        .thenCompose(begun -> threads.run(() -> switchFence(begun, fenced))));
  }

  @Override
  public CompletionStage<ExecResult> exec(
      ContainerRun run, List<String> command, Duration timeout) {
    return threads.run(
        () -> {
          RunDirectory directory = runs.directory(run);
          RunRecord record =
              directory
                  .record()
                  .orElseThrow(() -> new IllegalStateException("no such run: " + run));
          return new Execution(directory, record, settings.execOutputBytes()).run(command, timeout);
        });
  }

  @Override
  public CompletionStage<Void> forget(ContainerRun run) {
    return threads.run(
        () -> {
          requireEnded(run);
          watch.forget(run);
          runs.remove(run);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> forgetLife(ContainerRun any) {
    return threads.run(
        () -> {
          for (ContainerRun run : runs.all().keySet()) {
            boolean same =
                run.replica().equals(any.replica()) && run.incarnation().equals(any.incarnation());
            if (!same) continue;
            requireEnded(run);
            watch.forget(run);
          }
          runs.removeLife(any);
          return null;
        });
  }

  @Override
  public CompletionStage<List<Running>> endStrays() {
    return threads.run(
        new StraySearch(runs, former, settings.strayPatience(), settings.strayPause())::end);
  }

  /** Lets go of everything; runs go on. */
  @Override
  public void close() throws IOException {
    threads.close();
    logReader.close();
    tailer.close();
    watch.close();
  }

  /** Once nothing runs any more that was under way when it was closed. */
  public void awaitEnd() throws InterruptedException {
    threads.awaitEnd();
  }

  private Tracked startedOrFound(LaunchSpec spec) throws IOException {
    RunDirectory directory = runs.directory(spec.run());
    if (directory.record().isPresent()) return track(spec.run(), directory);
    ImageCatalogue.Found found = catalogue.find(spec.image());
    return track(spec.run(), launcher.launch(spec, found.image()));
  }

  private Tracked track(ContainerRun run, RunDirectory directory) throws IOException {
    Optional<Tracked> known = watch.tracked(run);
    if (known.isPresent()) return known.get();
    tailer.follow(directory.log());
    Tracked tracked = watch.track(run, directory);
    tracked.exit.thenRun(() -> tailer.finish(directory.log()));
    return tracked;
  }

  private CompletableFuture<Optional<Tracked>> tracked(ContainerRun run) {
    CompletableFuture<RunStatus> beginning = starting.get(run);
    if (beginning == null) return onDisk(run);
    return beginning.handle((begun, refused) -> run).thenCompose(this::onDisk);
  }

  private CompletableFuture<Optional<Tracked>> onDisk(ContainerRun run) {
    Optional<Tracked> known = watch.tracked(run);
    if (known.isPresent()) return CompletableFuture.completedFuture(known);
    return threads.run(
        () -> {
          RunDirectory directory = runs.directory(run);
          if (directory.record().isEmpty()) return Optional.empty();
          return Optional.of(track(run, directory));
        });
  }

  /** When there is somebody to signal, or nobody has appeared for too long; it never fails. */
  private CompletableFuture<Tracked> begunOrLate(Tracked tracked) {
    return tracked
        .begun
        .copy()
        .orTimeout(settings.startPatience().toMillis(), TimeUnit.MILLISECONDS)
        .handle((begun, refusedOrLate) -> tracked);
  }

  private CompletableFuture<Void> terminate(Tracked tracked) {
    return threads.run(
        () -> {
          tracked.directory.process(RunDirectory.MAIN).ifPresent(ProcessIdentity::terminate);
          return null;
        });
  }

  private CompletableFuture<Void> tellToEnd(Tracked tracked) {
    return threads
        .run(
            () -> {
              tracked.directory.setTold();
              return tracked;
            })
        .thenCompose(this::terminate);
  }

  private CompletableFuture<Exited> kill(Tracked tracked) {
    return threads
        .run(
            () -> {
              Optional<ProcessIdentity> init = tracked.directory.process(RunDirectory.INIT);
              Optional<ProcessIdentity> main = tracked.directory.process(RunDirectory.MAIN);
              init.ifPresent(ProcessIdentity::kill);
              main.ifPresent(ProcessIdentity::kill);
              // What hangs before it has a first process dies with its launcher.
              if (main.isEmpty()) tracked.launcher().ifPresent(ProcessIdentity::kill);
              return tracked;
            })
        .thenCompose(killed -> killed.exit.copy());
  }

  private Void switchFence(Tracked tracked, boolean fenced)
      throws IOException, InterruptedException {
    if (tracked.exit.isDone()) return null;
    tracked.directory.setFenced(fenced);
    if (!fenced) return null;
    liveness.examine(tracked);
    long patience = System.nanoTime() + settings.startPatience().toNanos();
    while (!tracked.exit.isDone() && !watched(tracked.directory)) {
      if (System.nanoTime() > patience) {
        throw new IOException("nobody holds the deadline of " + tracked.run);
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return null;
  }

  private static boolean watched(RunDirectory directory) throws IOException {
    return directory.process(RunDirectory.WATCHER).filter(ProcessIdentity::alive).isPresent();
  }

  private void requireEnded(ContainerRun run) throws IOException {
    RunDirectory directory = runs.directory(run);
    if (directory.record().isPresent() && !directory.over()) {
      throw new IllegalStateException("run " + run + " has not ended");
    }
  }

  private CompletableFuture<Exited> nothingRan() {
    return CompletableFuture.completedFuture(
        new Exited(OptionalInt.empty(), time.instant(), time.instant(), false, false, false));
  }

  private static RunStatus now(Tracked tracked, RunStatus begun) {
    return tracked.exit.isDone() ? tracked.exit.join() : begun;
  }

  private static CompletionStage<Map<ContainerRun, RunStatus>> statuses(
      Map<ContainerRun, Tracked> found) {
    Map<ContainerRun, RunStatus> statuses = new ConcurrentHashMap<>();
    CompletableFuture<?>[] all =
        found.values().stream()
            .map(
                tracked ->
                    tracked
                        .begun
                        .thenApply(begun -> now(tracked, begun))
                        .handle((status, refused) -> status == null ? tracked.exit.join() : status)
                        .thenAccept(status -> statuses.put(tracked.run, status)))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(all).thenApply(none -> statuses);
  }
}
