package io.ordinal.controller.node;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives credence to words that name the present session of their node: it holds a UUID that other
 * nodes are not told. For what is said without a way to answer. May be used by any thread.
 */
final class Credence {
  private static final Logger LOG = LoggerFactory.getLogger(Credence.class);

  private final ObjectStore store;

  Credence(ObjectStore store) {
    this.store = store;
  }

  /**
   * @param then runs on a thread of the store, if at all
   */
  void hear(Session session, Runnable then) {
    store
        .read(Freshness.LOCAL, view -> isPresent(view, session))
        .thenAccept(
            known -> {
              if (known) then.run();
              else lookAgain(session, then);
            });
  }

  /** This copy of the store may not have heard of the session yet. */
  private void lookAgain(Session session, Runnable then) {
    store
        .read(Freshness.LINEARIZABLE, view -> isPresent(view, session))
        .thenAccept(
            known -> {
              if (known) then.run();
              else LOG.info("not heard, since it is not the present session: {}", session);
            });
  }

  private static boolean isPresent(View view, Session session) {
    return Sessions.latest(view, session.node())
        .filter(entry -> entry.record().session().equals(session))
        .isPresent();
  }
}
