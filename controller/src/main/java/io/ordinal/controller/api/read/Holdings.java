package io.ordinal.controller.api.read;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What answers hold of something that outlives their server, which ends them all. Thread safe. */
final class Holdings implements AutoCloseable {
  private final Set<Holding> open = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /** One more; it is over already if these are. */
  Holding another() {
    Holding holding = new Holding();
    open.add(holding);
    holding.until(() -> open.remove(holding));
    if (over) holding.end(); // Looked at last: closing may have missed it.
    return holding;
  }

  /** Ends all, also those that come later; again does nothing. */
  @Override
  public void close() {
    over = true;
    List.copyOf(open).forEach(Holding::end);
  }
}
