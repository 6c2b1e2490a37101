package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store as clients use it: their queries, and what is done with the answers, run apart. */
record ClientStore(ObjectStore store, Queries queries) implements ObjectStore {
  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    return store.commit(transaction);
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    return queries.run(freshness, query);
  }

  @Override
  public AutoCloseable onChange(Consumer<Revision> listener) {
    return store.onChange(listener);
  }

  @Override
  public AutoCloseable onChange(Set<ResourceName> resources, Consumer<Revision> listener) {
    return store.onChange(resources, listener);
  }
}
