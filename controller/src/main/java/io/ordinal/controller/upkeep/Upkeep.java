package io.ordinal.controller.upkeep;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Does a {@link Chore}: a look when something changed, at most one at a time, and one at everything
 * now and then and after a failure.
 */
public final class Upkeep<S> extends AbstractBehavior<Upkeep.Command> {
  /** What it hears, all of it from itself. */
  public sealed interface Command {}

  private record StoreChanged() implements Command {}

  private record Look() implements Command {}

  /**
   * @param plan made of what was seen, on the actor's thread
   */
  private record Looked(Supplier<Chore.Plan> plan) implements Command {}

  private record Written() implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private record Resync() implements Command {}

  private static final String SOON = "soon";
  private static final String DUE = "due";

  private final Chore<S> chore;
  private final ObjectStore store;
  private final UpkeepSettings settings;
  private final TimerScheduler<Command> timers;
  private final AutoCloseable subscription;
  private Revision seen = Revision.ZERO;
  private boolean looking;
  private boolean hinted;
  private boolean wholeWanted = true;
  private int failures; // In a row.

  /**
   * Begins as soon as it is spawned.
   *
   * @param chore its own: what it remembers begins anew with this actor
   */
  public static <S> Behavior<Command> of(
      Chore<S> chore, ObjectStore store, UpkeepSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new Upkeep<>(context, timers, chore, store, settings)));
  }

  private Upkeep(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Chore<S> chore,
      ObjectStore store,
      UpkeepSettings settings) {
    super(context);
    this.chore = chore;
    this.store = store;
    this.settings = settings;
    this.timers = timers;
    ActorRef<Command> self = context.getSelf();
    this.subscription = store.onChange(chore.watched(), revision -> self.tell(new StoreChanged()));
    timers.startTimerWithFixedDelay(new Resync(), settings.resync());
    self.tell(new Look());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StoreChanged.class, this::onStoreChanged)
        .onMessage(Look.class, this::onLook)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(Written.class, this::onWritten)
        .onMessage(Failed.class, this::onFailed)
        .onMessage(Resync.class, this::onResync)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  /** Many changes come at once; they share a look. */
  private Behavior<Command> onStoreChanged(StoreChanged hint) {
    hinted = looking;
    if (!looking && !timers.isTimerActive(SOON)) {
      timers.startSingleTimer(SOON, new Look(), settings.pause());
    }
    return this;
  }

  private Behavior<Command> onResync(Resync tick) {
    wholeWanted = true;
    getContext().getSelf().tell(new Look());
    return this;
  }

  private Behavior<Command> onLook(Look look) {
    if (looking) {
      hinted = true;
      return this;
    }
    looking = true;
    hinted = false;
    boolean whole = wholeWanted;
    wholeWanted = false;
    Revision after = seen;
    getContext()
        .pipeToSelf(
            store.read(Freshness.LOCAL, view -> chore.look(view, whole, after)),
            (sight, failure) ->
                failure == null ? new Looked(() -> chore.plan(sight)) : new Failed(failure));
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    Chore.Plan plan = looked.plan().get();
    seen = plan.at();
    plan.again().ifPresent(wait -> timers.startSingleTimer(DUE, new Resync(), wait));
    getContext()
        .pipeToSelf(
            carryOut(plan.writes()),
            (done, failure) -> failure == null ? new Written() : new Failed(failure));
    return this;
  }

  /** Some at a time: clients share the store. All are tried; fails with the first failure. */
  private CompletionStage<Void> carryOut(List<Transaction> writes) {
    return Source.from(writes)
        .mapAsyncUnordered(settings.writesAtOnce(), this::failureOf)
        .runFold(
            Optional.<Throwable>empty(),
            (first, next) -> first.isPresent() ? first : next,
            getContext().getSystem())
        .thenCompose(
            failure ->
                failure.isPresent()
                    ? CompletableFuture.<Void>failedStage(failure.get())
                    : CompletableFuture.<Void>completedStage(null));
  }

  private CompletionStage<Optional<Throwable>> failureOf(Transaction write) {
    return CompletableFuture.completedStage(write)
        .thenCompose(store::commit)
        .handle((outcome, failure) -> Optional.ofNullable(failure));
  }

  private Behavior<Command> onWritten(Written written) {
    failures = 0;
    looking = false;
    if (hinted) getContext().getSelf().tell(new StoreChanged());
    return this;
  }

  private Behavior<Command> onFailed(Failed failed) {
    failures++;
    // The first time, and less and less often while it lasts.
    if (Integer.bitCount(failures) == 1) {
      getContext()
          .getLog()
          .warn(
              "{} could not be kept, {} times: {}",
              chore.what(),
              failures,
              failed.cause().toString());
    }
    looking = false;
    wholeWanted = true;
    timers.startSingleTimer(SOON, new Look(), settings.retry());
    return this;
  }

  private Behavior<Command> onPostStop(PostStop signal) throws Exception {
    subscription.close();
    return this;
  }
}
