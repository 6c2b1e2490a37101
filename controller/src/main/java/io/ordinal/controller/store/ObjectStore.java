package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The replicated store as the controllers see it. Thread safe; never blocks the caller.
 *
 * <p>Failures other than an {@link Outcome.Refused} complete the stage exceptionally with {@link
 * StoreUnavailable} or {@link StoreOverloaded}.
 */
public interface ObjectStore {
  /** Applies the transaction whole or not at all; completes when it is durable. */
  CompletionStage<Outcome> commit(Transaction transaction);

  /** Runs the query on the store's own threads over a consistent view. */
  <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query);

  /**
   * Keeps the state as this member has it now: not older than what any read here has answered. The
   * caller closes it.
   */
  CompletionStage<KeptView> keep();

  /**
   * Calls the listener after every applied entry that changed objects, with the store's revision. A
   * hint: it may be called from any thread, must not block, and may skip revisions.
   */
  AutoCloseable onChange(Consumer<Revision> listener);

  /**
   * The same for some resources: what changed others alone need not be told.
   *
   * @param resources of which one at least changed when the listener is called, unless that is not
   *     known
   */
  default AutoCloseable onChange(Set<ResourceName> resources, Consumer<Revision> listener) {
    return onChange(listener);
  }
}
