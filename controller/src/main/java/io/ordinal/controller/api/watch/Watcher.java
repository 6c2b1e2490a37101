package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.store.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;

/**
 * One who watches: a scope and what waits to be read. When that is too much, or what the hub does
 * not hold any more, it is given up and the stream ends, so that a slow client starts again from
 * where it was instead of holding memory. Thread safe.
 */
final class Watcher {
  private final Scope scope;
  private final BoundedSourceQueue<Done> queue;
  private final Deque<Feed> waiting = new ArrayDeque<>();
  private long since;

  /**
   * @param queue gets a token for each feed that waits; whoever takes it calls {@link #take}
   */
  Watcher(Scope scope, BoundedSourceQueue<Done> queue) {
    this.scope = scope;
    this.queue = queue;
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
    queue.complete();
  }

  /** What was handed over is still sent; nothing more is taken. */
  void end() {
    if (!queue.isCompleted()) queue.complete();
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

  /** What waits longest, or nothing when this was given up. */
  synchronized List<Feed> take() {
    Feed next = waiting.poll();
    return next == null ? List.of() : List.of(next);
  }

  private synchronized boolean offer(Feed feed) {
    if (queue.isCompleted()) return false;
    waiting.add(feed);
    if (queue.offer(Done.getInstance()) == QueueOfferResult.enqueued()) return true;
    waiting.clear();
    end();
    return false;
  }
}
