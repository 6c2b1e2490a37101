package io.ordinal.controller.garbage;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Makes things go whose reason to be has gone: follows the change feed, keeps an index of who
 * depends on whom, and deals with each object that a change may concern. Several at once do no
 * harm: all writes are conditional.
 */
public final class GarbageCollector extends AbstractBehavior<GarbageCollector.Command> {
  /** What it hears, all of it from itself. */
  public sealed interface Command {}

  private record StoreChanged() implements Command {}

  private record FeedRead(Page page) implements Command {}

  private record FeedNotRead(Throwable cause) implements Command {}

  private record Rested() implements Command {}

  private record Resync() implements Command {}

  private record StepTaken(ObjectKey key, Optional<String> trouble) implements Command {}

  private record Retry(ObjectKey key) implements Command {}

  private record TellRemaining() implements Command {}

  /**
   * What a reading found.
   *
   * @param whole everything there is, rather than what has changed
   */
  private record Page(Revision at, boolean whole, List<ObjectFacts> present, Set<ObjectKey> gone) {}

  private final GarbagePorts ports;
  private final GarbageSettings settings;
  private final TimerScheduler<Command> timers;
  private final Kinds kinds;
  private final GarbageSteps steps;
  private final AutoCloseable subscription;
  private final LinkedHashSet<ObjectKey> todo = new LinkedHashSet<>();
  private final Set<ObjectKey> underway = new HashSet<>();
  private final Set<ObjectKey> toTell = new LinkedHashSet<>();
  private GarbageIndex index;
  private Revision seen = Revision.ZERO;
  private boolean reading;
  private boolean hinted;
  private boolean wholeWanted = true;

  /** A collector that begins as soon as it is spawned. */
  public static Behavior<Command> create(GarbagePorts ports, GarbageSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new GarbageCollector(context, timers, ports, settings)));
  }

  private GarbageCollector(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      GarbagePorts ports,
      GarbageSettings settings) {
    super(context);
    this.ports = ports;
    this.settings = settings;
    this.timers = timers;
    this.kinds = new Kinds(ports.kinds());
    this.steps = new GarbageSteps(ports, kinds);
    this.index = new GarbageIndex(kinds);
    ActorRef<Command> self = context.getSelf();
    this.subscription = ports.store().onChange(revision -> self.tell(new StoreChanged()));
    timers.startTimerWithFixedDelay(new Resync(), settings.resync());
    read();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StoreChanged.class, this::onStoreChanged)
        .onMessage(FeedRead.class, this::onFeedRead)
        .onMessage(FeedNotRead.class, this::onFeedNotRead)
        .onMessage(Rested.class, this::onRested)
        .onMessage(Resync.class, this::onResync)
        .onMessage(StepTaken.class, this::onStepTaken)
        .onMessage(Retry.class, this::onRetry)
        .onMessage(TellRemaining.class, this::onTellRemaining)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onStoreChanged(StoreChanged hint) {
    read();
    return this;
  }

  private Behavior<Command> onResync(Resync tick) {
    wholeWanted = true;
    read();
    return this;
  }

  private void read() {
    hinted = reading;
    if (reading) return;
    reading = true;
    boolean whole = wholeWanted;
    wholeWanted = false;
    Revision after = seen;
    getContext()
        .pipeToSelf(
            ports
                .store()
                .read(
                    Freshness.LOCAL,
                    view -> whole ? everything(view, kinds) : news(view, kinds, after)),
            (page, failure) -> failure == null ? new FeedRead(page) : new FeedNotRead(failure));
  }

  /** Decoded here, on the store's threads, so that no document outlives the query. */
  private static Page everything(View view, Kinds kinds) {
    List<ObjectFacts> present = new ArrayList<>();
    for (var resource : kinds.resources()) {
      view.scan(resource, "", stored -> present.add(ObjectFacts.of(stored)));
    }
    return new Page(view.revision(), true, present, Set.of());
  }

  private static Page news(View view, Kinds kinds, Revision after) {
    Optional<List<Change>> changes = ChangeFeed.since(view, kinds.resources(), after);
    if (changes.isEmpty()) return everything(view, kinds);
    Set<ObjectKey> touched = new LinkedHashSet<>();
    changes.get().forEach(change -> touched.add(change.key()));
    List<ObjectFacts> present = new ArrayList<>();
    Set<ObjectKey> gone = new LinkedHashSet<>();
    for (ObjectKey key : touched) {
      Optional<StoredObject> stored = view.get(key);
      if (stored.isPresent()) present.add(ObjectFacts.of(stored.get()));
      else gone.add(key);
    }
    return new Page(view.revision(), false, present, gone);
  }

  private Behavior<Command> onFeedRead(FeedRead read) {
    Page page = read.page();
    if (page.whole()) {
      index = new GarbageIndex(kinds);
      page.present().forEach(index::put);
      todo.addAll(index.keys());
    } else {
      page.gone().forEach(key -> todo.addAll(index.remove(key)));
      page.present().forEach(facts -> todo.addAll(index.put(facts)));
    }
    seen = page.at();
    proceed();
    // A reading looks at every kind: not once for each write while many are made.
    timers.startSingleTimer(new Rested(), settings.pause());
    return this;
  }

  private Behavior<Command> onRested(Rested over) {
    reading = false;
    if (hinted) read();
    return this;
  }

  private Behavior<Command> onFeedNotRead(FeedNotRead failed) {
    getContext().getLog().debug("could not read changes: {}", failed.cause().toString());
    reading = false;
    wholeWanted = true;
    timers.startSingleTimer(new StoreChanged(), settings.retry());
    return this;
  }

  /** Deals with what may be concerned, so many at a time. */
  private void proceed() {
    Iterator<ObjectKey> keys = todo.iterator();
    while (keys.hasNext() && underway.size() < settings.stepsAtOnce()) {
      ObjectKey key = keys.next();
      if (underway.contains(key)) continue; // Its turn comes when it is done.
      keys.remove();
      index.get(key).flatMap(facts -> Garbage.decide(facts, index)).ifPresent(this::begin);
    }
  }

  private void begin(GarbageStep step) {
    if (step instanceof GarbageStep.TellRemaining) {
      toTell.add(step.key());
      if (!timers.isTimerActive(new TellRemaining())) {
        timers.startSingleTimer(new TellRemaining(), settings.tellAfter());
      }
      return;
    }
    take(step);
  }

  private void take(GarbageStep step) {
    underway.add(step.key());
    getContext()
        .pipeToSelf(
            step.match(steps),
            (trouble, failure) ->
                new StepTaken(
                    step.key(), failure == null ? trouble : Optional.of(failure.toString())));
  }

  private Behavior<Command> onStepTaken(StepTaken taken) {
    underway.remove(taken.key());
    taken
        .trouble()
        .ifPresent(
            trouble -> {
              getContext().getLog().debug("{}: {}", taken.key(), trouble);
              Retry retry = new Retry(taken.key());
              timers.startSingleTimer(retry, retry, settings.retry());
            });
    proceed();
    return this;
  }

  private Behavior<Command> onRetry(Retry retry) {
    todo.add(retry.key());
    proceed();
    return this;
  }

  private Behavior<Command> onTellRemaining(TellRemaining tick) {
    List<ObjectKey> namespaces = List.copyOf(toTell);
    toTell.clear();
    for (ObjectKey key : namespaces) {
      if (!underway.contains(key)) take(new GarbageStep.TellRemaining(key));
    }
    return this;
  }

  private Behavior<Command> onPostStop(PostStop signal) throws Exception {
    subscription.close();
    return this;
  }
}
