package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.api.auth.Accounts;
import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.api.auth.Rotation;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Follows roles, bindings and accounts in this controller's copy of the store, so that who may do
 * what is known without a read. Thread safe; at most one read is under way, and one more waits for
 * it.
 */
final class AccessIndex implements Accounts, AutoCloseable {
  /**
   * What a look at the store found.
   *
   * @param whole everything there is, rather than what has changed
   */
  private record Page(
      Revision at,
      boolean whole,
      Map<ObjectKey, ApiObject> present,
      Set<ObjectKey> gone,
      Optional<ClusterSecrets> secrets) {}

  private final ObjectStore store;
  private final AccessSettings settings;
  private final ActorSystem<?> system;
  private final AccessState state = new AccessState();
  private final AutoCloseable hints;
  private final Cancellable timer;
  private volatile Optional<ClusterSecrets> secrets = Optional.empty();
  private Optional<Revision> seen = Optional.empty();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private Optional<CompletableFuture<Void>> waiting = Optional.empty();
  private boolean announced;

  AccessIndex(ObjectStore store, AccessSettings settings, ActorSystem<?> system) {
    this.store = store;
    this.settings = settings;
    this.system = system;
    this.hints = store.onChange(followed(), revision -> onHint());
    this.timer =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                settings.resync(), settings.resync(), this::onHint, system.executionContext());
    onHint();
  }

  /** Of new secrets, which are a record, an event tells. */
  private static Set<ResourceName> followed() {
    Set<ResourceName> followed = new HashSet<>(AccessKinds.ALL);
    followed.add(Rotation.EVENTS);
    return followed;
  }

  Grants grants() {
    return state.grants();
  }

  @Override
  public Optional<String> uid(AccountName account) {
    return state.uid(account);
  }

  @Override
  public Optional<ClusterSecrets> secrets() {
    return secrets;
  }

  @Override
  public CompletionStage<Boolean> exists(ObjectKey key, String uid) {
    return store
        .read(Freshness.LOCAL, view -> isThere(view, key, uid))
        .thenCompose(
            there ->
                there
                    ? CompletableFuture.completedStage(true)
                    : store.read(Freshness.LINEARIZABLE, view -> isThere(view, key, uid)));
  }

  private static boolean isThere(View view, ObjectKey key, String uid) {
    return view.get(key).filter(each -> each.uid().equals(uid)).isPresent();
  }

  /**
   * Knows, when it completes, all that was acknowledged anywhere before this call. Those who ask
   * while a look is under way share the next one.
   */
  @Override
  public synchronized CompletionStage<Void> caughtUp() {
    if (waiting.isPresent()) return waiting.get();
    CompletableFuture<Void> done = new CompletableFuture<>();
    waiting = Optional.of(done); // Before the look, which may begin and end at once.
    last =
        last.handle((before, failure) -> Freshness.LINEARIZABLE)
            .thenCompose(
                freshness -> {
                  begun();
                  return look(freshness);
                });
    last.whenComplete(
        (looked, failure) -> {
          if (failure == null) done.complete(null);
          else done.completeExceptionally(failure);
        });
    return done;
  }

  private synchronized void begun() {
    waiting = Optional.empty();
  }

  /** Looks a moment later, so that a storm of changes costs few looks. */
  private void onHint() {
    synchronized (this) {
      if (announced) return;
      announced = true;
    }
    system.scheduler().scheduleOnce(settings.pause(), this::follow, system.executionContext());
  }

  private synchronized void follow() {
    announced = false;
    last = last.handle((done, failure) -> Freshness.LOCAL).thenCompose(this::look);
  }

  private CompletionStage<Void> look(Freshness freshness) {
    Optional<Revision> after;
    synchronized (this) {
      after = seen;
    }
    return store.read(freshness, view -> page(view, after)).thenAccept(this::take);
  }

  private Page page(View view, Optional<Revision> after) {
    Optional<ClusterSecrets> known = ClusterSecrets.in(view, secrets);
    Optional<List<Change>> changes =
        after.flatMap(from -> ChangeFeed.since(view, AccessKinds.ALL, from));
    Map<ObjectKey, ApiObject> present = new HashMap<>();
    Set<ObjectKey> gone = new LinkedHashSet<>();
    if (changes.isEmpty()) {
      for (var resource : AccessKinds.ALL) {
        view.scan(resource, "", each -> present.put(each.key(), ApiObject.of(each)) == null);
      }
      return new Page(view.revision(), true, present, gone, known);
    }
    for (Change change : changes.get()) {
      Optional<StoredObject> stored = view.get(change.key());
      if (stored.isPresent()) present.put(change.key(), ApiObject.of(stored.get()));
      else gone.add(change.key());
    }
    return new Page(view.revision(), false, present, gone, known);
  }

  private synchronized void take(Page page) {
    boolean older = seen.isPresent() && page.at().value() < seen.get().value();
    if (older) return; // A copy that lags behind what the newest look has shown already.
    secrets = page.secrets();
    if (page.whole()) state.replace(page.present());
    else if (!page.present().isEmpty() || !page.gone().isEmpty()) {
      state.change(page.present(), page.gone());
    }
    seen = Optional.of(page.at());
  }

  @Override
  public void close() {
    timer.cancel();
    try {
      hints.close();
    } catch (Exception failed) {
      throw new IllegalStateException("the store's hints could not be cancelled", failed);
    }
  }
}
