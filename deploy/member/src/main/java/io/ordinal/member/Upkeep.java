package io.ordinal.member;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that a member looks after from time to time, on a thread of its own. */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "member-upkeep");
            thread.setDaemon(true);
            return thread;
          });

  private Upkeep() {}

  /** One look; what fails is tried again at the next. */
  interface Turn {
    void take() throws Exception;
  }

  static Upkeep start(Turn turn, Duration first, Duration every) {
    return new Upkeep().with(turn, first, every);
  }

  /** Looks after this besides, on the same thread. */
  Upkeep with(Turn turn, Duration first, Duration every) {
    turns.scheduleWithFixedDelay(
        () -> take(turn), first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private static void take(Turn turn) {
    try {
      turn.take();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (Exception later) {
      LOG.warn("upkeep failed, which is tried again: {}", later.getMessage());
    }
  }

  @Override
  public void close() {
    turns.shutdownNow();
  }
}
