package io.ordinal.controller.event;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Removes events that have not happened again for a while, a bounded number at a time. One is
 * enough; several do no harm.
 */
public final class EventExpiry extends AbstractBehavior<EventExpiry.Command> {
  /** Only timers and futures speak to it. */
  public sealed interface Command {}

  private record Look() implements Command {}

  private record Removed(int events) implements Command {}

  private record RemoveFailed(Throwable cause) implements Command {}

  private final TimerScheduler<Command> timers;
  private final ObjectStore store;
  private final InstantSource clock;
  private final EventSettings settings;

  public static Behavior<Command> create(
      ObjectStore store, InstantSource clock, EventSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new EventExpiry(context, timers, store, clock, settings)));
  }

  private EventExpiry(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ObjectStore store,
      InstantSource clock,
      EventSettings settings) {
    super(context);
    this.timers = timers;
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    lookLater();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, this::onLook)
        .onMessage(Removed.class, this::onRemoved)
        .onMessage(RemoveFailed.class, this::onRemoveFailed)
        .build();
  }

  private Behavior<Command> onLook(Look look) {
    Instant before = clock.instant().minus(settings.keep());
    CompletionStage<Integer> removed =
        store
            .read(Freshness.LOCAL, view -> old(view, before))
            .thenCompose(
                old ->
                    old.isEmpty()
                        ? CompletableFuture.completedFuture(0)
                        : store.commit(new Transaction(old)).thenApply(done -> count(old, done)));
    getContext()
        .pipeToSelf(
            removed,
            (count, failure) -> failure == null ? new Removed(count) : new RemoveFailed(failure));
    return this;
  }

  /** A full batch means that there are more. */
  private Behavior<Command> onRemoved(Removed removed) {
    if (removed.events() == settings.expiryBatch()) {
      getContext().getSelf().tell(new Look());
    } else {
      lookLater();
    }
    return this;
  }

  private Behavior<Command> onRemoveFailed(RemoveFailed failed) {
    getContext().getLog().warn("old events could not be removed: {}", failed.cause().toString());
    lookLater();
    return this;
  }

  /**
   * None when it was refused: an event happened again meanwhile, and the next look finds the rest.
   */
  private static int count(List<Operation> old, Outcome outcome) {
    return outcome instanceof Outcome.Committed ? old.size() : 0;
  }

  private List<Operation> old(View view, Instant before) {
    List<Operation> old = new ArrayList<>();
    view.scan(
        EventDocument.EVENTS,
        "",
        event -> {
          if (EventDocument.last(event).isBefore(before)) {
            old.add(new Operation.Delete(event.key(), Condition.at(event.revision())));
          }
          return old.size() < settings.expiryBatch();
        });
    return old;
  }

  private void lookLater() {
    timers.startSingleTimer(new Look(), settings.expiry());
  }
}
