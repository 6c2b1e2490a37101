package io.ordinal.controller.api.twin;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The store, in which a kind that shows another's objects has them under its own name. */
public final class TwinStore extends ForwardingStore {
  private final Map<ResourceName, Twin> twins = new HashMap<>();

  /**
   * @param kinds of which those with {@code shown()} are twins
   */
  public TwinStore(ObjectStore store, KindRegistry kinds) {
    super(store);
    kinds
        .all()
        .forEach(
            kind ->
                kind.shown().ifPresent(shown -> twins.put(kind.resource(), new Twin(kind, shown))));
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    boolean plain =
        transaction.operations().stream().noneMatch(each -> each.match(new Inward()) != each);
    if (plain) return store().commit(transaction);
    return store()
        .commit(
            new Transaction(
                transaction.operations().stream().map(each -> each.match(new Inward())).toList()));
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    return store().read(freshness, view -> query.apply(new TwinView(view, twins)));
  }

  @Override
  public CompletionStage<KeptView> keep() {
    return store().keep().thenApply(kept -> kept.seen(view -> new TwinView(view, twins)));
  }

  @Override
  public AutoCloseable onChange(Set<ResourceName> resources, Consumer<Revision> listener) {
    Set<ResourceName> stored = new HashSet<>();
    for (ResourceName each : resources) {
      Twin twin = twins.get(each);
      stored.add(twin == null ? each : twin.stored());
    }
    return store().onChange(stored, listener);
  }

  /** Answers with the very operation where it is about no twin. */
  private final class Inward implements Operation.Cases<Operation> {
    private Twin twin(ObjectKey key) {
      return twins.get(key.resource());
    }

    @Override
    public Operation put(Operation.Put put) {
      Twin twin = twin(put.key());
      if (twin == null) return put;
      return new Operation.Put(twin.inward(put.key()), twin.inward(put.draft()), put.condition());
    }

    @Override
    public Operation putIfAbsent(Operation.PutIfAbsent put) {
      Twin twin = twin(put.key());
      if (twin == null) return put;
      return new Operation.PutIfAbsent(twin.inward(put.key()), twin.inward(put.draft()));
    }

    @Override
    public Operation delete(Operation.Delete delete) {
      Twin twin = twin(delete.key());
      if (twin == null) return delete;
      return new Operation.Delete(twin.inward(delete.key()), delete.condition());
    }

    @Override
    public Operation expect(Operation.Expect expect) {
      Twin twin = twin(expect.key());
      if (twin == null) return expect;
      return new Operation.Expect(twin.inward(expect.key()), expect.condition());
    }

    @Override
    public Operation putRecord(Operation.PutRecord put) {
      return put;
    }

    @Override
    public Operation deleteRecord(Operation.DeleteRecord delete) {
      return delete;
    }

    @Override
    public Operation expectRecord(Operation.ExpectRecord expect) {
      return expect;
    }
  }
}
