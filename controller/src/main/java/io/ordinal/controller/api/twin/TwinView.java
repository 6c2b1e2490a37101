package io.ordinal.controller.api.twin;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.ForwardingView;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A view in which twins have their objects. */
final class TwinView extends ForwardingView {
  private final Map<ResourceName, Twin> twins;

  TwinView(View view, Map<ResourceName, Twin> twins) {
    super(view);
    this.twins = twins;
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    Twin twin = twins.get(key.resource());
    if (twin == null) return view().get(key);
    return view().get(twin.inward(key)).map(twin::outward);
  }

  @Override
  public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
    Twin twin = twins.get(resource);
    if (twin == null) view().scan(resource, namespace, visitor);
    else view().scan(twin.stored(), namespace, each -> visitor.test(twin.outward(each)));
  }

  @Override
  public void scanAfter(ObjectKey after, String namespace, Predicate<StoredObject> visitor) {
    Twin twin = twins.get(after.resource());
    if (twin == null) view().scanAfter(after, namespace, visitor);
    else {
      view().scanAfter(twin.inward(after), namespace, each -> visitor.test(twin.outward(each)));
    }
  }

  @Override
  public long countAfter(ObjectKey after, String namespace) {
    Twin twin = twins.get(after.resource());
    return view().countAfter(twin == null ? after : twin.inward(after), namespace);
  }

  @Override
  public List<Change> changes(ResourceName resource, String namespace, Revision after, int most)
      throws Compacted {
    Twin twin = twins.get(resource);
    if (twin == null) return view().changes(resource, namespace, after, most);
    return view().changes(twin.stored(), namespace, after, most).stream()
        .map(twin::outward)
        .toList();
  }

  @Override
  public void visitChanges(
      ResourceName resource, String namespace, Revision after, Predicate<Change> visitor)
      throws Compacted {
    Twin twin = twins.get(resource);
    if (twin == null) view().visitChanges(resource, namespace, after, visitor);
    else {
      view()
          .visitChanges(twin.stored(), namespace, after, each -> visitor.test(twin.outward(each)));
    }
  }
}
