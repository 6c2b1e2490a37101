package io.ordinal.controller.node;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives credence to words that name the present session of their node: it holds a UUID that nodes
 * with mistakes do not name by chance. It is no secret: whoever reads Nodes in the API finds it,
 * and so does every node that has one of its shared volumes mounted, in the marks there. For what
 * is said without a way to answer. May be used by any thread.
 */
final class Credence {
  private static final Logger LOG = LoggerFactory.getLogger(Credence.class);

  private final ObjectStore store;
  private final InstantSource clock;
  private final NodeSettings settings;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<Session, CompletionStage<Void>> lastWords = new ConcurrentHashMap<>();
  private Optional<Instant> told = Optional.empty();
  private long untold;

  Credence(ObjectStore store, InstantSource clock, NodeSettings settings) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Words of one session are heard in the order of these calls.
   *
   * @param then runs on a thread of the store, if at all
   */
  void hear(Session session, Runnable then) {
    if (waiting.incrementAndGet() > settings.words()) {
      waiting.decrementAndGet();
      unheard(session, "too many words wait to be believed");
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletionStage<Void> before = lastWords.put(session, done);
    Optional.ofNullable(before)
        .orElse(CompletableFuture.completedStage(null))
        .thenCompose(over -> known(session))
        .thenAccept(
            known -> {
              if (known) then.run();
              else unheard(session, "it is not the present session");
            })
        .whenComplete(
            (heard, failure) -> {
              if (failure != null) unheard(session, failure.toString());
              waiting.decrementAndGet();
              lastWords.remove(session, done);
              done.complete(null);
            });
  }

  private CompletionStage<Boolean> known(Session session) {
    return store
        .read(Freshness.LOCAL, view -> isPresent(view, session))
        .thenCompose(
            known ->
                known
                    ? CompletableFuture.completedStage(true)
                    // This copy of the store may not have heard of the session yet.
                    : store.read(Freshness.LINEARIZABLE, view -> isPresent(view, session)));
  }

  /** Whoever is not believed may go on saying it. */
  private synchronized void unheard(Session session, String why) {
    Instant now = clock.instant();
    boolean again =
        told.filter(at -> Duration.between(at, now).abs().compareTo(settings.refusalRepeat()) < 0)
            .isPresent();
    if (again) {
      untold++;
      LOG.debug("a word of {} is not heard: {}", session, why);
      return;
    }
    LOG.info("a word of {} is not heard: {}; {} others since this was said", session, why, untold);
    told = Optional.of(now);
    untold = 0;
  }

  private static boolean isPresent(View view, Session session) {
    return Sessions.latest(view, session.node())
        .filter(entry -> entry.record().session().equals(session))
        .isPresent();
  }
}
