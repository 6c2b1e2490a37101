package io.ordinal.controller.event;

import io.ordinal.controller.event.EventFolding.Folded;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Writes the news that waits in {@link StoreEvents}, one bounded transaction at a time. What the
 * store does not take is dropped: news must never be in the way of work.
 */
public final class EventWriter extends AbstractBehavior<EventWriter.Command> {
  /** Only timers and futures speak to it. */
  public sealed interface Command {}

  private record Flush() implements Command {}

  private record Written() implements Command {}

  private record WriteFailed(int notes, Throwable cause) implements Command {}

  private final StoreEvents events;
  private final ObjectStore store;
  private final InstantSource clock;
  private final EventSettings settings;
  private final EventFolding folding;
  private boolean underWay;

  public static Behavior<Command> create(
      StoreEvents events, ObjectStore store, InstantSource clock, EventSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Flush(), settings.flush());
                  return new EventWriter(context, events, store, clock, settings);
                }));
  }

  private EventWriter(
      ActorContext<Command> context,
      StoreEvents events,
      ObjectStore store,
      InstantSource clock,
      EventSettings settings) {
    super(context);
    this.events = events;
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    folding = new EventFolding(settings);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Flush.class, this::onFlush)
        .onMessage(Written.class, this::onWritten)
        .onMessage(WriteFailed.class, this::onWriteFailed)
        .build();
  }

  private Behavior<Command> onFlush(Flush flush) {
    if (underWay) return this;
    List<EventNote> notes = events.take(settings.batch());
    Map<ObjectKey, Operation> puts = puts(notes);
    if (puts.isEmpty()) return this;
    underWay = true;
    getContext()
        .pipeToSelf(
            store.commit(new Transaction(List.copyOf(puts.values()))),
            (outcome, failure) -> settled(notes.size(), outcome, failure));
    return this;
  }

  private Behavior<Command> onWritten(Written written) {
    underWay = false;
    return this;
  }

  private Behavior<Command> onWriteFailed(WriteFailed failed) {
    underWay = false;
    events.drop(failed.notes());
    getContext()
        .getLog()
        .warn("{} events were dropped: {}", failed.notes(), failed.cause().toString());
    return this;
  }

  /** The last word on each event, however often it happened within the batch. */
  private Map<ObjectKey, Operation> puts(List<EventNote> notes) {
    Instant now = clock.instant();
    Map<ObjectKey, Operation> puts = new LinkedHashMap<>();
    for (EventNote note : notes) {
      Optional<Folded> folded = folding.fold(note, now);
      if (folded.isEmpty()) {
        events.drop(1);
        continue;
      }
      ObjectKey key = EventDocument.key(folded.get());
      puts.put(key, new Operation.Put(key, EventDocument.of(folded.get()).draft(), Condition.ANY));
    }
    return puts;
  }

  private static Command settled(int notes, Outcome outcome, Throwable failure) {
    if (failure != null) return new WriteFailed(notes, failure);
    if (outcome instanceof Outcome.Refused refused) {
      return new WriteFailed(notes, new IllegalStateException("refused: " + refused.found()));
    }
    return new Written();
  }
}
