package io.ordinal.agent.logs;

import io.ordinal.agent.logs.LogTimes.Grown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the lines of running containers their time and keeps logs from growing without bound. */
public final class LogTailer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogTailer.class);

  private final long keepBytes;
  private final InstantSource time;
  private final Map<Path, Followed> followed = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "ordinal-log-tailer");
            thread.setDaemon(true);
            return thread;
          });

  /** A log that has been silent is looked at less often, down to one look of so many. */
  private static final int RAREST = 5;

  /**
   * @param keepBytes so much of a log is kept at least, and twice as much at most
   * @param look how often each log is looked at
   */
  public LogTailer(long keepBytes, Duration look, InstantSource time) {
    this.keepBytes = keepBytes;
    this.time = time;
    clock.scheduleWithFixedDelay(
        () -> followed.values().forEach(Followed::tick),
        look.toMillis(),
        look.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** From now on until {@link #finish}. A repeat changes nothing. Reads files. */
  public void follow(Path log) {
    followed.computeIfAbsent(log, Followed::new).quietly();
  }

  /** Nobody writes any more. */
  public void finish(Path log) {
    Followed last = followed.remove(log);
    if (last != null) last.quietly();
  }

  /** Gives what has been written until now its time. */
  void look(Path log) {
    Followed known = followed.get(log);
    if (known != null) known.quietly();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** One log. */
  private final class Followed {
    private final Path log;
    private final LogTimes times;
    private final LogStart start;
    private boolean opened;
    private int silent;
    private int skipped;
    private int count;
    private long cut;
    private Grown last = new Grown(0, Instant.EPOCH);

    Followed(Path log) {
      this.log = log;
      this.times = new LogTimes(log);
      this.start = new LogStart(log);
    }

    /** One look, unless the log has been silent. */
    synchronized void tick() {
      if (++skipped < Math.min(silent, RAREST)) return;
      quietly();
    }

    synchronized void quietly() {
      skipped = 0;
      silent++;
      try {
        step();
      } catch (NoSuchFileException e) {
        // Not written to yet.
      } catch (IOException | RuntimeException e) {
        LOG.warn("The log {} cannot be followed", log, e);
      }
    }

    private void step() throws IOException {
      long length = Files.size(log);
      if (!opened) open();
      if (length <= last.length()) return;
      silent = 0;
      Instant now = time.instant();
      last = new Grown(length, now.isAfter(last.at()) ? now : last.at());
      times.add(last);
      count++;
      if (length - cut > 2 * keepBytes) {
        cut = start.cut(length - keepBytes);
        thin();
      }
      if (count > LogTimes.MOST) thin();
    }

    private void open() throws IOException {
      List<Grown> known = times.read();
      count = known.size();
      if (count > 0) last = known.get(count - 1);
      cut = start.read();
      opened = true;
    }

    private void thin() throws IOException {
      times.thin(cut);
      count = times.read().size();
    }
  }
}
