package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of one resource, read once for all who watch it. Reads nothing while nobody does.
 * Thread safe; its lock is held only to move references.
 */
final class WatchHub {
  private static final Logger LOG = LoggerFactory.getLogger(WatchHub.class);

  /** Who is interested in what, so that a change finds its watchers without asking all. */
  private record Interest(String namespace, String name) {}

  /** One look at the change feed. */
  private record Page(List<Change> changes, Revision at, boolean full) {}

  private final ObjectStore store;
  private final ResourceName resource;
  private final WatchSettings settings;
  private final Map<Interest, Set<Watcher>> watchers = new HashMap<>();
  private final Deque<SharedChange> recent = new ArrayDeque<>();
  private long recentBytes;
  private long recentAfter; // Changes after this revision, up to position, are in recent.
  private long position; // Changes up to this revision have been handed to the watchers.
  private long wanted;
  private boolean reading;
  private boolean again;

  WatchHub(ObjectStore store, ResourceName resource, WatchSettings settings) {
    this.store = store;
    this.resource = resource;
    this.settings = settings;
  }

  /** The store has reached this revision. A hint. */
  void signal(Revision revision) {
    synchronized (this) {
      wanted = Math.max(wanted, revision.value());
      if (watchers.isEmpty() || wanted <= position) return;
    }
    look();
  }

  /** Looks at the feed although nothing said that there is news. */
  void look() {
    long after;
    synchronized (this) {
      if (watchers.isEmpty()) return;
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      again = false;
      after = position;
    }
    store
        .read(Freshness.LOCAL, view -> page(view, after))
        .whenComplete((page, failure) -> onLooked(after, page, failure));
  }

  /**
   * Begins to feed the watcher with what comes after a revision.
   *
   * @return false when the hub no longer has all of that: the watcher must read on from the store
   *     and try again
   */
  synchronized boolean join(Watcher watcher, long after) {
    if (watchers.isEmpty()) {
      recent.clear();
      recentBytes = 0;
      position = after;
      recentAfter = after;
    }
    if (after < recentAfter) return false;
    watcher.startAfter(after);
    recent.forEach(watcher::changed);
    Interest interest = new Interest(watcher.scope().namespace(), watcher.scope().name());
    watchers.computeIfAbsent(interest, none -> new LinkedHashSet<>()).add(watcher);
    return true;
  }

  /** As {@link #join}, and false also when nobody else watches or that is still to come. */
  synchronized boolean joinRecent(Watcher watcher, long after) {
    return !watchers.isEmpty() && after <= position && join(watcher, after);
  }

  synchronized void leave(Watcher watcher) {
    Interest interest = new Interest(watcher.scope().namespace(), watcher.scope().name());
    Set<Watcher> same = watchers.get(interest);
    if (same == null) return;
    same.remove(watcher);
    if (same.isEmpty()) watchers.remove(interest);
  }

  /** Tells the watcher how far it is. */
  synchronized void mark(Watcher watcher) {
    watcher.reached(position);
  }

  synchronized void endAll() {
    watchers.values().forEach(same -> same.forEach(Watcher::end));
    watchers.clear();
  }

  synchronized int size() {
    return watchers.values().stream().mapToInt(Set::size).sum();
  }

  private Object page(io.ordinal.controller.store.View view, long after) {
    try {
      Missed missed = new Missed(settings.pageChanges(), settings.mostBytes());
      view.visitChanges(resource, "", new Revision(after), missed::add);
      return new Page(missed.changes(), view.revision(), missed.isFull());
    } catch (Compacted compacted) {
      return compacted;
    }
  }

  private void onLooked(long after, Object looked, Throwable failure) {
    boolean more;
    synchronized (this) {
      reading = false;
      boolean current = after == position;
      if (failure != null) {
        LOG.debug("changes of {} could not be read; the next look tries again", resource, failure);
      } else if (current && looked instanceof Page page) {
        publish(page);
      } else if (current && looked instanceof Compacted compacted) {
        breakAll(compacted);
      }
      // Without progress the next hint or the slow timer looks again, not this loop.
      boolean progress = failure == null && (!current || position > after);
      more = again || (progress && position < wanted);
    }
    if (more) look();
  }

  private void publish(Page page) {
    for (Change change : page.changes()) {
      SharedChange shared = new SharedChange(change);
      recent.addLast(shared);
      recentBytes += shared.bytes();
      position = shared.revision();
      String namespace = change.key().namespace();
      String name = change.key().name();
      tell(new Interest("", ""), shared);
      tell(new Interest("", name), shared);
      if (!namespace.isEmpty()) {
        tell(new Interest(namespace, ""), shared);
        tell(new Interest(namespace, name), shared);
      }
    }
    if (!page.full()) position = Math.max(position, page.at().value());
    forget();
  }

  /** Whoever still has to read what is not held any more would hold it alone: it is given up. */
  private void forget() {
    boolean large = false;
    while (recent.size() > settings.recentChanges()
        || (recentBytes > settings.mostBytes() && recent.size() > 1)) {
      large |= recent.size() <= settings.recentChanges();
      SharedChange oldest = recent.removeFirst();
      recentBytes -= oldest.bytes();
      recentAfter = oldest.revision();
    }
    if (!large) return; // Small ones are bounded by the number that a watch may have waiting.
    watchers.values().forEach(same -> same.removeIf(each -> each.endIfBefore(recentAfter)));
    watchers.values().removeIf(Set::isEmpty);
  }

  private void tell(Interest interest, SharedChange shared) {
    Set<Watcher> interested = watchers.get(interest);
    if (interested == null) return;
    interested.removeIf(each -> !each.changed(shared));
    if (interested.isEmpty()) watchers.remove(interest);
  }

  private void breakAll(Compacted compacted) {
    Feed.Broken broken = new Feed.Broken(Refusal.expired(compacted.getMessage()).status());
    watchers.values().forEach(same -> same.forEach(each -> each.broken(broken)));
    watchers.clear();
  }
}
