package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.View;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A store as clients use it: their queries, and what is done with the answers, run apart. */
final class ClientStore extends ForwardingStore {
  private final Queries queries;

  ClientStore(ObjectStore store, Queries queries) {
    super(store);
    this.queries = queries;
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    return queries.run(freshness, query);
  }

  @Override
  public CompletionStage<KeptView> keep() {
    return queries.keep();
  }
}
