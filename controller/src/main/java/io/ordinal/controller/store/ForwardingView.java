package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Hands every question on to another view, for those that answer a few in their own way. */
public abstract class ForwardingView implements View {
  private final View view;

  protected ForwardingView(View view) {
    this.view = view;
  }

  /** The view that questions are handed on to. */
  protected final View view() {
    return view;
  }

  @Override
  public Revision revision() {
    return view.revision();
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return view.get(key);
  }

  @Override
  public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
    view.scan(resource, namespace, visitor);
  }

  @Override
  public void scanAfter(ObjectKey after, String namespace, Predicate<StoredObject> visitor) {
    view.scanAfter(after, namespace, visitor);
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
