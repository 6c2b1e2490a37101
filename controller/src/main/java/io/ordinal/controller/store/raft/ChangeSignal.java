package io.ordinal.controller.store.raft;

import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners that objects changed, away from the thread that applies; the latest word wins.
 */
final class ChangeSignal {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeSignal.class);

  private final Executor executor;
  private final List<Consumer<Revision>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Revision> untold = new AtomicReference<>();

  ChangeSignal(Executor executor) {
    this.executor = executor;
  }

  AutoCloseable add(Consumer<Revision> listener) {
    // A wrapper of its own, so that a listener added twice is removed once.
    Consumer<Revision> entry = listener::accept;
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  void changed(Revision revision) {
    if (listeners.isEmpty()) return;
    if (untold.getAndSet(revision) != null) return; // The waiting call tells this one.
    try {
      executor.execute(this::tell);
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody hears of revision {}: the store is closing", revision);
    }
  }

  private void tell() {
    Revision revision = untold.getAndSet(null);
    for (Consumer<Revision> listener : listeners) {
      try {
        listener.accept(revision);
      } catch (RuntimeException e) {
        LOG.error("a listener failed at revision {}", revision, e);
      }
    }
  }
}
