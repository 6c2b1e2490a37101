package io.ordinal.controller.store.rocks;

import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.View;
import java.util.function.Function;

/**
 * The state at one moment, for as long as somebody needs it, but not longer than the database is
 * open. Thread safe; one query at a time.
 */
public final class KeptState implements AutoCloseable {
  private final RocksState state;
  private final SnapshotView view;
  private boolean released;

  KeptState(RocksState state, SnapshotView view) {
    this.state = state;
    this.view = view;
  }

  /**
   * @throws StoreUnavailable once this, or the state, is closed
   */
  public <T> T read(Function<View, T> query) {
    return state.whileOpen(() -> unreleased(query));
  }

  private synchronized <T> T unreleased(Function<View, T> query) {
    if (released) throw new StoreUnavailable("what was kept of the store was let go", null);
    return query.apply(view);
  }

  /** Waits for a query that runs; again does nothing. */
  @Override
  public void close() {
    state.letGo(this);
  }

  /** To be called while the database is open. */
  synchronized void release() {
    if (released) return;
    released = true;
    view.close();
  }
}
