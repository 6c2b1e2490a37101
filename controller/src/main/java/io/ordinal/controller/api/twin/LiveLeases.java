package io.ordinal.controller.api.twin;

import io.ordinal.controller.node.NodeLease;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The store, in which leases of nodes are as their sessions have them at the moment. */
public final class LiveLeases implements ObjectStore {
  private final ObjectStore store;

  public LiveLeases(ObjectStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    return store.commit(transaction);
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    return store.read(freshness, view -> query.apply(new Live(view)));
  }

  @Override
  public AutoCloseable onChange(Consumer<Revision> listener) {
    return store.onChange(listener);
  }

  @Override
  public AutoCloseable onChange(Set<ResourceName> resources, Consumer<Revision> listener) {
    return store.onChange(resources, listener);
  }

  /** What changed is told as it was written: it belongs to its revision. */
  private record Live(View view) implements View {
    private StoredObject live(StoredObject stored) {
      boolean ofNode = stored.key().namespace().equals(NodeLease.NAMESPACE);
      return ofNode ? NodeLease.live(view, stored) : stored;
    }

    @Override
    public Revision revision() {
      return view.revision();
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
      Optional<StoredObject> found = view.get(key);
      return key.resource().equals(NodeLease.LEASES) ? found.map(this::live) : found;
    }

    @Override
    public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
      if (!resource.equals(NodeLease.LEASES)) view.scan(resource, namespace, visitor);
      else view.scan(resource, namespace, each -> visitor.test(live(each)));
    }

    @Override
    public void scanAfter(ObjectKey after, String namespace, Predicate<StoredObject> visitor) {
      if (!after.resource().equals(NodeLease.LEASES)) view.scanAfter(after, namespace, visitor);
      else view.scanAfter(after, namespace, each -> visitor.test(live(each)));
    }

    @Override
    public long countAfter(ObjectKey after, String namespace) {
      return view.countAfter(after, namespace);
    }

    @Override
    public Optional<StoredRecord> record(RecordKey key) {
      return view.record(key);
    }

    @Override
    public long recordVersion(RecordKey key) {
      return view.recordVersion(key);
    }

    @Override
    public List<StoredRecord> records(String family) {
      return view.records(family);
    }

    @Override
    public List<Change> changes(ResourceName resource, String namespace, Revision after, int most)
        throws Compacted {
      return view.changes(resource, namespace, after, most);
    }

    @Override
    public void visitChanges(
        ResourceName resource, String namespace, Revision after, Predicate<Change> visitor)
        throws Compacted {
      view.visitChanges(resource, namespace, after, visitor);
    }
  }
}
