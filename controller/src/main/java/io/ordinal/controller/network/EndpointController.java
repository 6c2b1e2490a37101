package io.ordinal.controller.network;

import io.ordinal.controller.network.EndpointIndex.Place;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import java.time.InstantSource;
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
 * Keeps the Endpoints and EndpointSlices of services that select pods. Several at once do no harm:
 * all writes are conditional, and names of slices follow from what is in them.
 */
public final class EndpointController extends AbstractBehavior<EndpointController.Command> {
  /** What it hears, all of it from itself. */
  public sealed interface Command {}

  private record StoreChanged() implements Command {}

  private record Look() implements Command {}

  private record Looked(EndpointSight sight) implements Command {}

  private record Written() implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private record Resync() implements Command {}

  /**
   * Where what nobody decides comes from.
   *
   * @param uids makes a fresh UUID each time
   */
  public record Origins(InstantSource clock, Supplier<String> uids) {}

  private final ObjectStore store;
  private final Origins origins;
  private final EndpointSettings settings;
  private final TimerScheduler<Command> timers;
  private final AutoCloseable subscription;
  private final EndpointIndex index = new EndpointIndex();
  private Revision seen = Revision.ZERO;
  private boolean looking;
  private boolean hinted;
  private boolean wholeWanted = true;

  /** One that begins as soon as it is spawned. */
  public static Behavior<Command> create(
      ObjectStore store, Origins origins, EndpointSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new EndpointController(context, timers, store, origins, settings)));
  }

  private EndpointController(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ObjectStore store,
      Origins origins,
      EndpointSettings settings) {
    super(context);
    this.store = store;
    this.origins = origins;
    this.settings = settings;
    this.timers = timers;
    ActorRef<Command> self = context.getSelf();
    this.subscription = store.onChange(revision -> self.tell(new StoreChanged()));
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
    if (!looking && !timers.isTimerActive("soon")) {
      timers.startSingleTimer("soon", new Look(), settings.pause());
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
            store.read(Freshness.LOCAL, view -> EndpointSight.of(view, whole, after)),
            (sight, failure) -> failure == null ? new Looked(sight) : new Failed(failure));
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    EndpointSight sight = looked.sight();
    seen = sight.at();
    if (sight.whole()) index.clear();
    sight.seen().forEach(index::note);
    EndpointDocuments documents = new EndpointDocuments(origins.uids(), origins.clock().instant());
    List<Operation> writes =
        index.takeTouched().stream()
            .flatMap((Place place) -> EndpointWrites.of(index, place, documents, settings).stream())
            .toList();
    getContext()
        .pipeToSelf(
            carryOut(writes),
            (done, failure) -> failure == null ? new Written() : new Failed(failure));
    return this;
  }

  /**
   * One transaction each, some at a time: clients share the store, and what somebody changed
   * meanwhile must not hold up the rest. That change is seen by the next look. All are tried; fails
   * with the first failure.
   */
  private CompletionStage<Void> carryOut(List<Operation> writes) {
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

  private CompletionStage<Optional<Throwable>> failureOf(Operation write) {
    return CompletableFuture.completedStage(Transaction.of(write))
        .thenCompose(store::commit)
        .handle((outcome, failure) -> Optional.ofNullable(failure));
  }

  private Behavior<Command> onWritten(Written written) {
    looking = false;
    if (hinted) getContext().getSelf().tell(new StoreChanged());
    return this;
  }

  private Behavior<Command> onFailed(Failed failed) {
    getContext().getLog().debug("endpoints could not be kept: {}", failed.cause().toString());
    looking = false;
    wholeWanted = true;
    timers.startSingleTimer("soon", new Look(), settings.retry());
    return this;
  }

  private Behavior<Command> onPostStop(PostStop signal) throws Exception {
    subscription.close();
    return this;
  }
}
