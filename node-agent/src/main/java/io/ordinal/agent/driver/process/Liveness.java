package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.process.RunWatch.Tracked;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slow look: runs whose launcher was killed, never began, or is of another boot have ended
 * without anyone writing their exit code; fenced runs must have somebody who holds their deadline.
 */
final class Liveness implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

  private final RunWatch watch;
  private final RunStore runs;
  private final Launcher launcher;
  private final BootClock clock;
  private final InstantSource time;
  private final Duration startPatience;

  Liveness(
      RunWatch watch,
      RunStore runs,
      Launcher launcher,
      BootClock clock,
      InstantSource time,
      Duration startPatience) {
    this.watch = watch;
    this.runs = runs;
    this.launcher = launcher;
    this.clock = clock;
    this.time = time;
    this.startPatience = startPatience;
  }

  @Override
  public void run() {
    for (Tracked tracked : watch.living()) {
      try {
        examine(tracked);
      } catch (IOException | RuntimeException e) {
        LOG.error("Run {} cannot be examined", tracked.run, e);
      }
    }
  }

  void examine(Tracked tracked) throws IOException {
    if (lost(tracked)) {
      watch.look(tracked); // It may have ended in order, and nobody has looked yet.
      if (!tracked.exit.isDone()) conclude(tracked);
    } else if (tracked.directory.fenced()) {
      holdDeadline(tracked);
    }
  }

  private boolean lost(Tracked tracked) throws IOException {
    if (!tracked.record.bootId().equals(clock.bootId())) return true;
    Optional<ProcessIdentity> launching = tracked.launcher();
    if (launching.isPresent()) return !launching.get().alive();
    Duration waited = Duration.between(tracked.directory.preparedAt(), time.instant());
    return waited.compareTo(startPatience) > 0;
  }

  /** Makes sure that nothing of the run lives, then says that its exit code is unknown. */
  private void conclude(Tracked tracked) throws IOException {
    LOG.warn("The launcher of {} ended without a word", tracked.run);
    if (tracked.record.bootId().equals(clock.bootId())) {
      tracked.directory.process(RunDirectory.INIT).ifPresent(ProcessIdentity::kill);
      tracked.directory.process(RunDirectory.MAIN).ifPresent(ProcessIdentity::kill);
      MarkerScan.killAll(runs::marked, runs.markerOf(tracked.run));
    }
    tracked.directory.giveUp();
    watch.look(tracked);
  }

  private void holdDeadline(Tracked tracked) throws IOException {
    if (tracked.launcher().isEmpty()) return; // It is about to do so itself.
    Optional<ProcessIdentity> watcher = tracked.directory.process(RunDirectory.WATCHER);
    if (watcher.isPresent() && watcher.get().alive()) return;
    launcher.watch(tracked.directory, tracked.record);
  }
}
