package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.Revision;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners that objects changed, away from the thread that applies. Words that wait for that
 * thread become one: the latest revision, and all that changed.
 */
final class ChangeSignal {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeSignal.class);

  /**
   * @param changed empty when it is not known what did
   */
  private record Word(Revision revision, Optional<Set<ResourceName>> changed) {
    Word and(Word later) {
      if (changed.isEmpty() || later.changed.isEmpty()) {
        return new Word(later.revision, Optional.empty());
      }
      if (changed.get().containsAll(later.changed.get())) return new Word(later.revision, changed);
      Set<ResourceName> all = new HashSet<>(changed.get());
      all.addAll(later.changed.get());
      return new Word(later.revision, Optional.of(all));
    }
  }

  /**
   * @param of empty when it listens to all
   */
  private record Listener(Optional<Set<ResourceName>> of, Consumer<Revision> hears) {
    boolean wants(Word word) {
      return of.isEmpty()
          || word.changed.isEmpty()
          || !Collections.disjoint(of.get(), word.changed.get());
    }
  }

  private final Executor executor;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Word> untold = new AtomicReference<>();

  ChangeSignal(Executor executor) {
    this.executor = executor;
  }

  /**
   * @param of what the listener wants to hear of; all if empty
   */
  AutoCloseable add(Optional<Set<ResourceName>> of, Consumer<Revision> hears) {
    // A wrapper of its own, so that a listener added twice is removed once.
    Consumer<Revision> own = hears::accept;
    Listener entry = new Listener(of.map(Set::copyOf), own);
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  void changed(Revision revision, Set<ResourceName> resources) {
    tell(new Word(revision, Optional.of(resources)));
  }

  /** A state that was put in the place of the former may differ in everything. */
  void opened(Revision revision) {
    tell(new Word(revision, Optional.empty()));
  }

  private void tell(Word word) {
    if (listeners.isEmpty()) return;
    Word before = untold.getAndAccumulate(word, (old, late) -> old == null ? late : old.and(late));
    if (before != null) return; // The waiting call tells this one.
    try {
      executor.execute(this::tellUntold);
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody hears of revision {}: the store is closing", word.revision());
    }
  }

  private void tellUntold() {
    Word word = untold.getAndSet(null);
    for (Listener each : listeners) {
      try {
        if (each.wants(word)) each.hears().accept(word.revision());
      } catch (RuntimeException e) {
        LOG.error("a listener failed at revision {}", word.revision(), e);
      }
    }
  }
}
