package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.store.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One who watches: a scope and what waits to be read. When that is too much, or what the hub does
 * not hold any more, it is given up and the stream ends, so that a slow client starts again from
 * where it was instead of holding memory. Thread safe.
 */
final class Watcher {
  /**
   * What a reader gets.
   *
   * @param feed nothing when nothing waits
   * @param isLast whether nothing follows; otherwise a reader that got nothing will be woken
   */
  record Next(Optional<Feed> feed, boolean isLast) {}

  private final Scope scope;
  private final int most;
  private final Deque<Feed> waiting = new ArrayDeque<>(2); // Most are empty most of the time.
  private Runnable wake = () -> {};
  private boolean idle; // The reader has found nothing, and waits to be woken.
  private boolean ended;
  private long since;

  /**
   * @param most how many feeds may wait
   */
  Watcher(Scope scope, int most) {
    this.scope = scope;
    this.most = most;
  }

  Scope scope() {
    return scope;
  }

  /** Changes up to this revision have been seen by other means. Called by the hub only. */
  void startAfter(long revision) {
    since = revision;
  }

  /** False when this watcher takes no more. */
  boolean changed(SharedChange shared) {
    Change change = shared.change();
    if (shared.revision() <= since || !scope.covers(change.key())) return true;
    return offer(new Feed.Changed(shared));
  }

  void reached(long revision) {
    offer(new Feed.Reached(Math.max(revision, since)));
  }

  void broken(Feed.Broken broken) {
    offer(broken);
    end();
  }

  /** What was handed over is still sent; nothing more is taken. */
  synchronized void end() {
    ended = true;
    wakeReader();
  }

  /**
   * Ends and forgets what waits when that began before a revision.
   *
   * @return whether it did
   */
  synchronized boolean endIfBefore(long revision) {
    for (Feed each : waiting) {
      if (!(each instanceof Feed.Changed first)) continue;
      if (first.revision() > revision) return false;
      waiting.clear();
      end();
      return true;
    }
    return false;
  }

  /**
   * @param wake is called, by any thread, when there may be something for a reader that got nothing
   */
  synchronized void wakes(Runnable wake) {
    this.wake = wake;
  }

  /** What waits longest. */
  synchronized Next next() {
    Feed feed = waiting.poll();
    idle = feed == null;
    return new Next(Optional.ofNullable(feed), ended && waiting.isEmpty());
  }

  private synchronized boolean offer(Feed feed) {
    if (ended) return false;
    if (waiting.size() < most) {
      waiting.add(feed);
      wakeReader();
      return true;
    }
    waiting.clear();
    end();
    return false;
  }

  private void wakeReader() {
    if (!idle) return;
    idle = false;
    wake.run();
  }
}
