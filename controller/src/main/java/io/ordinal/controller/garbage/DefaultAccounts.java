package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives every namespace that is not ending its service account {@code default}, again and again if
 * somebody deletes it.
 */
public final class DefaultAccounts extends AbstractBehavior<DefaultAccounts.Command> {
  /** What it hears, all of it from itself. */
  public sealed interface Command {}

  private record StoreChanged() implements Command {}

  private record Look() implements Command {}

  private record Resync() implements Command {}

  private record Looked(Revision at) implements Command {}

  private record LookFailed(Throwable cause) implements Command {}

  private static final String NAME = "default";
  private static final String NEXT = "next";
  private static final String RESYNC = "resync";
  private static final ResourceName ACCOUNTS = new ResourceName("serviceaccounts");
  private static final List<ResourceName> FOLLOWED = List.of(ObjectFacts.NAMESPACES, ACCOUNTS);

  /** What is missing at a revision. */
  private record Missing(Revision at, List<Transaction> accounts) {}

  private final ObjectStore store;
  private final InstantSource clock;
  private final Supplier<String> freshUids;
  private final GarbageSettings settings;
  private final TimerScheduler<Command> timers;
  private final AutoCloseable subscription;
  private Optional<Revision> seen = Optional.empty();
  private boolean looking;
  private boolean again;
  private int failures; // In a row.

  /** Begins as soon as it is spawned. */
  public static Behavior<Command> create(
      ObjectStore store,
      InstantSource clock,
      Supplier<String> freshUids,
      GarbageSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new DefaultAccounts(context, timers, store, clock, freshUids, settings)));
  }

  private DefaultAccounts(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ObjectStore store,
      InstantSource clock,
      Supplier<String> freshUids,
      GarbageSettings settings) {
    super(context);
    this.store = store;
    this.clock = clock;
    this.freshUids = freshUids;
    this.settings = settings;
    this.timers = timers;
    ActorRef<Command> self = context.getSelf();
    this.subscription = store.onChange(revision -> self.tell(new StoreChanged()));
    timers.startTimerWithFixedDelay(RESYNC, new Resync(), settings.resync());
    look();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StoreChanged.class, this::onStoreChanged)
        .onMessage(Look.class, this::onLook)
        .onMessage(Resync.class, this::onResync)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(LookFailed.class, this::onLookFailed)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  /** A moment later, so that a storm of changes costs few looks. */
  private Behavior<Command> onStoreChanged(StoreChanged hint) {
    if (!timers.isTimerActive(NEXT)) {
      timers.startSingleTimer(NEXT, new Look(), settings.accountPause());
    }
    return this;
  }

  private Behavior<Command> onLook(Look tick) {
    look();
    return this;
  }

  private Behavior<Command> onResync(Resync tick) {
    seen = Optional.empty(); // Everything is looked at.
    look();
    return this;
  }

  private void look() {
    again = looking;
    if (looking) return;
    looking = true;
    Optional<Revision> after = seen;
    CompletionStage<Looked> looked =
        store
            .read(Freshness.LOCAL, view -> missing(view, after))
            .thenCompose(
                missing -> make(missing.accounts()).thenApply(made -> new Looked(missing.at())));
    getContext()
        .pipeToSelf(looked, (done, failure) -> failure == null ? done : new LookFailed(failure));
  }

  private CompletionStage<Void> make(List<Transaction> accounts) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (Transaction each : accounts) {
      // Refused where the namespace has changed: that change brings the next look.
      all = all.thenCompose(before -> store.commit(each)).thenApply(outcome -> null);
    }
    return all;
  }

  private Missing missing(View view, Optional<Revision> after) {
    Set<String> touched = new LinkedHashSet<>();
    Optional<List<Change>> changes = after.flatMap(from -> ChangeFeed.since(view, FOLLOWED, from));
    if (changes.isPresent()) {
      for (Change change : changes.get()) {
        ObjectKey key = change.key();
        touched.add(key.resource().equals(ACCOUNTS) ? key.namespace() : key.name());
      }
    } else {
      view.scan(ObjectFacts.NAMESPACES, "", each -> touched.add(each.key().name()) || true);
    }
    List<Transaction> accounts = new ArrayList<>();
    for (String namespace : touched) {
      ObjectKey key = new ObjectKey(ACCOUNTS, namespace, NAME);
      if (view.get(key).isPresent()) continue;
      view.get(GarbageIndex.namespaceKey(namespace))
          .filter(each -> !ObjectFacts.of(each).deleting())
          .ifPresent(each -> accounts.add(account(key, each)));
    }
    return new Missing(view.revision(), accounts);
  }

  private Transaction account(ObjectKey key, StoredObject namespace) {
    ObjectNode tree = Json.object().put("kind", "ServiceAccount").put("apiVersion", "v1");
    tree.putObject("metadata")
        .put("name", NAME)
        .put("namespace", key.namespace())
        .put("uid", freshUids.get())
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return Transaction.of(
        new Operation.Expect(namespace.key(), Condition.at(namespace.revision())),
        new Operation.PutIfAbsent(key, new ApiObject(tree).draft()));
  }

  private Behavior<Command> onLooked(Looked looked) {
    looking = false;
    failures = 0;
    seen = Optional.of(looked.at());
    if (again) look();
    return this;
  }

  private Behavior<Command> onLookFailed(LookFailed failed) {
    failures++;
    // The first time, and less and less often while it lasts.
    if (Integer.bitCount(failures) == 1) {
      getContext()
          .getLog()
          .warn("accounts could not be made, {} times: {}", failures, failed.cause().toString());
    }
    looking = false;
    seen = Optional.empty();
    timers.startSingleTimer(NEXT, new Look(), settings.retry());
    return this;
  }

  private Behavior<Command> onPostStop(PostStop signal) throws Exception {
    subscription.close();
    return this;
  }
}
