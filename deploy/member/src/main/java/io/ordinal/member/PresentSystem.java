package io.ordinal.member;

import io.ordinal.controller.boot.Course;
import io.ordinal.member.MemberGuardian.Started;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.io.Tcp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor system that this member has at present. When the cluster went on without it, it is
 * replaced by a new one, while the store and the workloads go on. All changes are made on one
 * thread of its own.
 */
final class PresentSystem implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PresentSystem.class);

  /** The last fourth of the time to stop is for what must be forced. */
  private static final int LAST_PART = 4;

  /** Characters of a tree of actors that are worth a line of the log. */
  private static final int TREE = 8_000;

  private final Supplier<Started> maker;
  private final Consumer<Throwable> failed;
  private final Duration stopTimeout;
  private final Duration pause;
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "actor-system");
            thread.setDaemon(true);
            return thread;
          });
  private final Started first;
  private Started present;
  private boolean closed;

  private PresentSystem(
      Supplier<Started> maker, Consumer<Throwable> failed, Duration stopTimeout, Duration pause) {
    this.maker = maker;
    this.failed = failed;
    this.stopTimeout = stopTimeout;
    this.pause = pause;
    this.first = maker.get();
    this.present = first;
    watch(first);
  }

  /**
   * Makes the first one, and those that follow.
   *
   * @param failed told when one ended by itself, which none should, or does not end and lets no
   *     other begin
   * @param stopTimeout how long one may take to end; in order for most of it
   * @param pause before another is made after one that did not start
   * @throws RuntimeException when the first cannot be made, as when its port is taken
   */
  static PresentSystem begin(
      Supplier<Started> maker, Consumer<Throwable> failed, Duration stopTimeout, Duration pause) {
    return new PresentSystem(maker, failed, stopTimeout, pause);
  }

  /** How it goes with the first one. */
  Course first() {
    return first.course();
  }

  private void watch(Started started) {
    started.course().outdated().thenAccept(reason -> turn(() -> replace(started, reason)));
    started.system().getWhenTerminated().thenAccept(done -> turn(() -> ended(started)));
    if (started == first) return; // Whoever starts the member waits for it.
    started
        .course()
        .whole()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) LOG.info("the new actor system is up in the cluster");
              else turn(() -> replace(started, "it did not start: " + failure));
            });
  }

  private void turn(Runnable change) {
    if (!turns.isShutdown()) turns.execute(change);
  }

  private void replace(Started outdated, String reason) {
    if (closed || present != outdated) return;
    LOG.warn("a new actor system takes the place of the present one: {}", reason);
    present = null;
    stop(outdated);
    make(outdated, stopTimeout.dividedBy(pause));
  }

  /**
   * One that keeps its ports lets no other begin in this JVM; then whoever owns the JVM must start
   * it anew.
   *
   * @param patience how often to try again while the former one has not ended
   */
  private void make(Started former, long patience) {
    if (closed) return;
    try {
      present = maker.get();
      watch(present);
    } catch (RuntimeException e) {
      boolean ended = former.system().getWhenTerminated().toCompletableFuture().isDone();
      if (!ended && patience <= 0) {
        failed.accept(new IllegalStateException("the former actor system does not end", e));
        return;
      }
      LOG.warn("no new actor system yet, tries again: {}", e.toString());
      long left = ended ? patience : patience - 1;
      turns.schedule(() -> make(former, left), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void ended(Started started) {
    if (closed || present != started) return;
    failed.accept(new IllegalStateException("the actor system ended by itself"));
  }

  /** Takes at most the stop's time: what is not over after most of it loses its lines. */
  private void stop(Started started) {
    CompletableFuture<Done> terminated = started.system().getWhenTerminated().toCompletableFuture();
    long last = stopTimeout.toMillis() / LAST_PART;
    try {
      boolean through = runsThrough(started, stopTimeout.toMillis() - last);
      if (!terminated.isDone()) cutLines(started);
      if (!through) force(started);
      terminated.get(last, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn(
          "the actor system did not stop in order ({}); what is left: {}",
          e.toString(),
          left(started));
    }
  }

  /** Whether the coordinated shutdown came to its end, which is not that of the actor system. */
  private static boolean runsThrough(Started started, long millis) throws InterruptedException {
    try {
      CoordinatedShutdown.get(started.system())
          .runAll(CoordinatedShutdown.unknownReason())
          .toCompletableFuture()
          .get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      LOG.warn("the actor system's shutdown is not over after {} ms, its end is forced", millis);
    } catch (ExecutionException failed) {
      LOG.warn("the actor system's shutdown failed, its end is forced", failed.getCause());
    }
    return false;
  }

  /**
   * Ends it by its guardian. Its {@code terminate} would only wait for the coordinated shutdown
   * that hangs (pekko.coordinated-shutdown.run-by-actor-system-terminate).
   */
  private static void force(Started started) {
    ActorRef guardian =
        Adapter.toClassic((org.apache.pekko.actor.typed.ActorRef<Void>) started.system());
    Adapter.toClassic(started.system()).stop(guardian);
  }

  /**
   * Closes the ports and connections of one that has had its time. Pekko 1.7 waits without a limit
   * for the streams between members when it ends, and with TLS such a stream may wait for the other
   * side, which has no reason to end it (apache/pekko#3247, mended since).
   */
  private static void cutLines(Started started) {
    try {
      Tcp.get(Adapter.toClassic(started.system()))
          .getManager()
          .tell(PoisonPill.getInstance(), ActorRef.noSender());
      LOG.info("the lines of the former actor system are cut");
    } catch (IllegalStateException ending) {
      LOG.debug("one that never had lines makes no actor for them while it ends", ending);
    }
  }

  /** The actors that have not ended: they tell what the end waits for. */
  private static String left(Started started) {
    String tree =
        Adapter.toClassic(started.system()) instanceof ExtendedActorSystem system
            ? system.printTree()
            : "not known";
    return tree.substring(0, Math.min(tree.length(), TREE));
  }

  /** Ends the present one in order; blocks until it has, or its time is up. */
  @Override
  public void close() {
    if (turns.isShutdown()) return;
    Future<?> end =
        turns.submit(
            () -> {
              closed = true;
              if (present != null) stop(present);
            });
    try {
      end.get(stopTimeout.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("the actor system did not stop in order", e);
    } finally {
      turns.shutdown();
    }
  }
}
