package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hands every call on to another store, for those that do something of their own about a few. */
public abstract class ForwardingStore implements ObjectStore {
  private final ObjectStore store;

  protected ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  /** The store that calls are handed on to. */
  protected final ObjectStore store() {
    return store;
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    return store.commit(transaction);
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    return store.read(freshness, query);
  }

  @Override
  public CompletionStage<KeptView> keep() {
    return store.keep();
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
