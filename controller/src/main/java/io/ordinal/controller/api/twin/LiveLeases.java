package io.ordinal.controller.api.twin;

import io.ordinal.controller.node.NodeLease;
import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.ForwardingView;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** The store, in which leases of nodes are as their sessions have them at the moment. */
public final class LiveLeases extends ForwardingStore {
  public LiveLeases(ObjectStore store) {
    super(store);
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    return store().read(freshness, view -> query.apply(new Live(view)));
  }

  @Override
  public CompletionStage<KeptView> keep() {
    return store().keep().thenApply(kept -> kept.seen(Live::new));
  }

  /** What changed is told as it was written: it belongs to its revision. */
  private static final class Live extends ForwardingView {
    Live(View view) {
      super(view);
    }

    private StoredObject live(StoredObject stored) {
      boolean ofNode = stored.key().namespace().equals(NodeLease.NAMESPACE);
      return ofNode ? NodeLease.live(view(), stored) : stored;
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
      Optional<StoredObject> found = view().get(key);
      return key.resource().equals(NodeLease.LEASES) ? found.map(this::live) : found;
    }

    @Override
    public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
      if (!resource.equals(NodeLease.LEASES)) view().scan(resource, namespace, visitor);
      else view().scan(resource, namespace, each -> visitor.test(live(each)));
    }

    @Override
    public void scanAfter(ObjectKey after, String namespace, Predicate<StoredObject> visitor) {
      if (!after.resource().equals(NodeLease.LEASES)) view().scanAfter(after, namespace, visitor);
      else view().scanAfter(after, namespace, each -> visitor.test(live(each)));
    }
  }
}
