package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.read.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;

/** The part of a watch that goes on: its place at the hub, its clock, its stream. */
final class LiveWatch {
  private final WatchHub hub;
  private final Watcher watcher;
  private final WatchSettings settings;
  private final ActorSystem<?> system;
  private final List<Runnable> undone = new ArrayList<>();
  private boolean closed;
  private volatile boolean read;

  LiveWatch(WatchHub hub, Scope scope, WatchSettings settings, ActorSystem<?> system) {
    this.hub = hub;
    this.settings = settings;
    this.system = system;
    this.watcher = new Watcher(scope, settings.buffer());
  }

  Scope scope() {
    return watcher.scope();
  }

  boolean join(long after) {
    return joined(hub.join(watcher, after));
  }

  /** Joins only if all that came since is held for others anyway. */
  boolean joinRecent(long after) {
    return joined(hub.joinRecent(watcher, after));
  }

  private synchronized boolean joined(boolean joined) {
    if (closed) hub.leave(watcher); // The client went meanwhile.
    return joined;
  }

  /** To be run once. Ends after the timeout, or when the client does not keep up. */
  Source<Feed, NotUsed> source(WatchOptions options) {
    hub.look(); // What came between the reading and the joining has had its hint already.
    keep(once(options.timeout(), this::close));
    if (options.bookmarks()) {
      Duration last = options.timeout().minus(shortly(options.timeout()));
      keep(once(last, () -> hub.mark(watcher)));
      Duration each = settings.bookmarkEvery();
      keep(
          system
              .scheduler()
              .scheduleWithFixedDelay(
                  each, each, () -> hub.mark(watcher), system.executionContext()));
    }
    return Source.fromGraph(new WaitingFeeds(watcher))
        .watchTermination(
            (nothing, done) -> {
              read = true;
              done.whenComplete((end, failure) -> close());
              return nothing;
            });
  }

  private void keep(Cancellable timer) {
    onClose(timer::cancel);
  }

  /**
   * @param undoing is run when the watch ends, once; now, if it has
   */
  synchronized void onClose(Runnable undoing) {
    if (closed) undoing.run();
    else undone.add(undoing);
  }

  void close() {
    synchronized (this) {
      closed = true;
      undone.forEach(Runnable::run);
      undone.clear();
    }
    hub.leave(watcher);
    watcher.end();
  }

  /** The connection has become another one, which reads the watch soon or never. */
  void closeUnlessRead() {
    Duration soon =
        system
            .settings()
            .config()
            .getDuration("pekko.stream.materializer.subscription-timeout.timeout");
    once(
        soon,
        () -> {
          if (!read) close();
        });
  }

  private Cancellable once(Duration delay, Runnable what) {
    return system.scheduler().scheduleOnce(delay, what, system.executionContext());
  }

  /** A tenth of the time, at most two seconds. */
  private static Duration shortly(Duration timeout) {
    Duration tenth = timeout.dividedBy(10);
    Duration most = Duration.ofSeconds(2);
    return tenth.compareTo(most) < 0 ? tenth : most;
  }
}
