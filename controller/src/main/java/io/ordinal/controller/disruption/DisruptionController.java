package io.ordinal.controller.disruption;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps the status of every PodDisruptionBudget: looks again at the budgets of namespaces in which
 * something changed. Evictions do not depend on it, they count for themselves; several at once do
 * no harm, all writes are conditional.
 */
public final class DisruptionController extends AbstractBehavior<DisruptionController.Command> {
  /** What it hears, all of it from itself. */
  public sealed interface Command {}

  private record StoreChanged() implements Command {}

  private record Look() implements Command {}

  private record Looked(Findings findings) implements Command {}

  private record LookFailed(Throwable cause) implements Command {}

  private record Resync() implements Command {}

  /**
   * What a look found.
   *
   * @param writes statuses that are not what they should be
   * @param next when time alone changes a status
   */
  private record Findings(Revision at, List<Operation> writes, Optional<Instant> next) {}

  private static final List<ResourceName> WATCHED =
      List.of(DisruptionNames.BUDGETS, DisruptionNames.PODS, DisruptionNames.SETS);

  private final ObjectStore store;
  private final InstantSource clock;
  private final DisruptionSettings settings;
  private final TimerScheduler<Command> timers;
  private final AutoCloseable subscription;
  private Revision seen = Revision.ZERO;
  private boolean looking;
  private boolean hinted;
  private boolean wholeWanted = true;

  /** One that begins as soon as it is spawned. */
  public static Behavior<Command> create(
      ObjectStore store, InstantSource clock, DisruptionSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new DisruptionController(context, timers, store, clock, settings)));
  }

  private DisruptionController(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ObjectStore store,
      InstantSource clock,
      DisruptionSettings settings) {
    super(context);
    this.store = store;
    this.clock = clock;
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
        .onMessage(LookFailed.class, this::onLookFailed)
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
    Instant now = clock.instant();
    Duration patience = settings.patience();
    getContext()
        .pipeToSelf(
            store
                .read(Freshness.LOCAL, view -> look(view, whole, after, patience, now))
                .thenCompose(this::carryOut),
            (findings, failure) ->
                failure == null ? new Looked(findings) : new LookFailed(failure));
    return this;
  }

  private static Findings look(
      View view, boolean whole, Revision after, Duration patience, Instant now) {
    Set<String> namespaces = new TreeSet<>();
    Optional<List<Change>> changes =
        whole ? Optional.empty() : ChangeFeed.since(view, WATCHED, after);
    if (changes.isPresent()) {
      changes.get().forEach(each -> namespaces.add(each.key().namespace()));
    } else {
      view.scan(
          DisruptionNames.BUDGETS, "", each -> namespaces.add(each.key().namespace()) || true);
    }
    List<Operation> writes = new ArrayList<>();
    Optional<Instant> next = Optional.empty();
    for (String namespace : namespaces) {
      for (ObservedBudget each : Budgets.in(view, namespace, patience)) {
        each.refresh(now).ifPresent(writes::add);
        Optional<Instant> due = each.nextLook(now);
        if (due.isPresent() && (next.isEmpty() || due.get().isBefore(next.get()))) next = due;
      }
    }
    return new Findings(view.revision(), writes, next);
  }

  /** One transaction each: a budget that was changed meanwhile must not hold up the others. */
  private CompletionStage<Findings> carryOut(Findings findings) {
    CompletableFuture<?>[] commits =
        findings.writes().stream()
            .map(each -> store.commit(Transaction.of(each)).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(commits).thenApply(done -> findings);
  }

  private Behavior<Command> onLooked(Looked looked) {
    looking = false;
    seen = looked.findings().at();
    looked.findings().next().ifPresent(this::lookAgainAt);
    if (hinted) getContext().getSelf().tell(new StoreChanged());
    return this;
  }

  private void lookAgainAt(Instant due) {
    Duration left = Duration.between(clock.instant(), due);
    Duration wait = left.compareTo(settings.pause()) < 0 ? settings.pause() : left;
    timers.startSingleTimer("due", new Resync(), wait);
  }

  private Behavior<Command> onLookFailed(LookFailed failed) {
    getContext().getLog().debug("budgets could not be looked at: {}", failed.cause().toString());
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
