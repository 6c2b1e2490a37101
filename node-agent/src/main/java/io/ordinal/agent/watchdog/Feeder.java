package io.ordinal.agent.watchdog;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the watchdog for as long as all is well, on a thread of its own. */
public final class Feeder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
  private static final long LAST_MEAL_SECONDS = 5;

  private final Watchdog watchdog;
  private final Wellness wellness;
  private final ScheduledExecutorService thread;
  private boolean starving;

  Feeder(Watchdog watchdog, Wellness wellness) {
    this.watchdog = watchdog;
    this.wellness = wellness;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "agent-watchdog");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * From now on this machine is reset when it is not well, or when this JVM is dead or frozen.
   *
   * @return empty when none is configured
   * @throws IOException when the device cannot be opened
   */
  public static Optional<Feeder> start(WatchdogSettings settings, Wellness wellness)
      throws IOException {
    if (settings.kind().equals(WatchdogSettings.NONE)) return Optional.empty();
    Watchdog watchdog =
        settings.device().isPresent()
            ? new DeviceWatchdog(settings.device().get())
            : new SystemdWatchdog(SystemdWatchdog.NOTIFY);
    Feeder feeder = new Feeder(watchdog, wellness);
    feeder.thread.scheduleWithFixedDelay(
        feeder::look, 0, settings.feed().toMillis(), TimeUnit.MILLISECONDS);
    return Optional.of(feeder);
  }

  private void look() {
    try {
      if (wellness.well()) {
        watchdog.feed();
      } else if (!starving) {
        LOG.error("fenced processes outlive the lease: this machine waits for its watchdog");
      }
      starving = !wellness.well();
    } catch (IOException | RuntimeException e) {
      LOG.error("the watchdog cannot be fed", e);
    }
  }

  /** Lets the watchdog go, unless the machine is to be reset. Blocks for a moment. */
  @Override
  public void close() {
    thread.shutdown(); // No interrupt: that would close a device while it is fed.
    try {
      if (!thread.awaitTermination(LAST_MEAL_SECONDS, TimeUnit.SECONDS)) thread.shutdownNow();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (!wellness.well()) return;
    try {
      watchdog.dismiss();
    } catch (IOException e) {
      LOG.error("the watchdog cannot be let go: it may reset this machine", e);
    }
  }
}
