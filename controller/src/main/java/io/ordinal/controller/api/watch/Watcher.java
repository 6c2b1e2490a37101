package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.store.Change;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;

/**
 * One who watches: a scope and a bounded queue. When the queue is full its stream is closed, so
 * that a slow client starts again from where it was instead of holding memory.
 */
final class Watcher {
  private final Scope scope;
  private final BoundedSourceQueue<Feed> queue;
  private long since;

  Watcher(Scope scope, BoundedSourceQueue<Feed> queue) {
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

  private boolean offer(Feed feed) {
    if (queue.isCompleted()) return false;
    if (queue.offer(feed) == QueueOfferResult.enqueued()) return true;
    end();
    return false;
  }
}
