package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The state of {@link InMemoryObjectStore} in plain collections: what every other implementation is
 * compared with. Not thread safe.
 */
final class InMemoryState implements View {
  private record Versioned(long version, Optional<byte[]> value) {}

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::resource)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  private final Map<ObjectKey, StoredObject> objects = new TreeMap<>(ORDER);
  private final Map<ObjectKey, Integer> holes = new HashMap<>();
  private final Map<RecordKey, Versioned> records =
      new TreeMap<>(Comparator.comparing(RecordKey::family).thenComparing(RecordKey::id));
  private final List<Change> feed = new ArrayList<>();
  private Revision revision = Revision.ZERO;
  private Revision oldest = Revision.ZERO;

  Outcome apply(Transaction transaction) {
    for (int i = 0; i < transaction.operations().size(); i++) {
      Optional<Outcome.Refused> refusal = judge(i, transaction.operations().get(i));
      if (refusal.isPresent()) return refusal.get();
    }
    List<Revision> revisions = transaction.operations().stream().map(this::carryOut).toList();
    return new Outcome.Committed(revisions, revision);
  }

  Revision oldest() {
    return oldest;
  }

  void purge(Revision upTo) {
    if (!upTo.isAfter(oldest)) return;
    oldest = upTo.isAfter(revision) ? revision : upTo;
    feed.removeIf(change -> !change.revision().isAfter(oldest));
  }

  /** What changes after a revision concerned, of those that are not purged. */
  Set<ResourceName> changedAfter(Revision earlier) {
    Set<ResourceName> changed = new HashSet<>();
    for (int i = feed.size() - 1; i >= 0; i--) {
      if (!feed.get(i).revision().isAfter(earlier)) break;
      changed.add(feed.get(i).key().resource());
    }
    return changed;
  }

  private Optional<Outcome.Refused> judge(int index, Operation operation) {
    if (operation instanceof Operation.Put put) return judge(index, put.key(), put.condition());
    if (operation instanceof Operation.Delete delete)
      return judge(index, delete.key(), delete.condition());
    if (operation instanceof Operation.Expect expect)
      return judge(index, expect.key(), expect.condition());
    if (operation instanceof Operation.PutRecord put)
      return judge(index, put.key(), put.condition());
    if (operation instanceof Operation.DeleteRecord delete)
      return judge(index, delete.key(), delete.condition());
    if (operation instanceof Operation.ExpectRecord expect)
      return judge(index, expect.key(), expect.condition());
    return Optional.empty();
  }

  private Optional<Outcome.Refused> judge(int index, ObjectKey key, Condition condition) {
    StoredObject there = objects.get(key);
    if (holds(condition, there)) return Optional.empty();
    String found =
        there == null
            ? key + " does not exist"
            : key + " exists at revision " + there.revision() + " with uid " + there.uid();
    Revision at = there == null ? Revision.ZERO : there.revision();
    return Optional.of(new Outcome.Refused(index, found, at));
  }

  private static boolean holds(Condition condition, StoredObject there) {
    if (condition instanceof Condition.Any) return true;
    if (condition instanceof Condition.Absent) return there == null;
    if (there == null) return false;
    if (condition instanceof Condition.AtRevision at) return there.revision().equals(at.revision());
    if (condition instanceof Condition.WithUid with) return there.uid().equals(with.uid());
    if (condition instanceof Condition.AtGeneration at)
      return there.uid().equals(at.uid()) && there.generation() == at.generation();
    return true;
  }

  private Optional<Outcome.Refused> judge(int index, RecordKey key, RecordCondition condition) {
    Versioned there = records.getOrDefault(key, new Versioned(0, Optional.empty()));
    boolean holds =
        condition instanceof RecordCondition.AtVersion at
            ? there.version() == at.version()
            : condition instanceof RecordCondition.Any || there.value().isEmpty();
    if (holds) return Optional.empty();
    String found = key + " is at version " + there.version();
    return Optional.of(new Outcome.Refused(index, found, Revision.ZERO));
  }

  private Revision carryOut(Operation operation) {
    if (operation instanceof Operation.Put put) return put(put.key(), put.draft());
    if (operation instanceof Operation.PutIfAbsent put)
      return objects.containsKey(put.key()) ? Revision.ZERO : put(put.key(), put.draft());
    if (operation instanceof Operation.Delete delete) return delete(delete.key());
    if (operation instanceof Operation.PutRecord put)
      records.put(
          put.key(), new Versioned(recordVersion(put.key()) + 1, Optional.of(put.value().clone())));
    if (operation instanceof Operation.DeleteRecord delete && record(delete.key()).isPresent())
      records.put(delete.key(), new Versioned(recordVersion(delete.key()) + 1, Optional.empty()));
    return Revision.ZERO;
  }

  private Revision put(ObjectKey key, Draft draft) {
    revision = revision.plus(1);
    StoredObject before = objects.get(key);
    byte[] document = fill(draft.bytes(), draft.hole(), draft.hole(), revision);
    holes.put(key, draft.hole());
    Revision created = before == null ? revision : before.created();
    objects.put(
        key, new StoredObject(key, revision, created, draft.uid(), draft.generation(), document));
    Optional<byte[]> previous = Optional.ofNullable(before).map(StoredObject::document);
    feed.add(new Change(revision, key, false, document, previous));
    return revision;
  }

  private Revision delete(ObjectKey key) {
    StoredObject before = objects.remove(key);
    if (before == null) return Revision.ZERO;
    revision = revision.plus(1);
    int hole = holes.remove(key);
    int end = hole + before.revision().toString().length();
    byte[] last = fill(before.document(), hole, end, revision);
    feed.add(new Change(revision, key, true, last, Optional.of(before.document())));
    return revision;
  }

  private static byte[] fill(byte[] text, int start, int end, Revision revision) {
    byte[] digits = revision.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] filled = Arrays.copyOf(text, text.length - (end - start) + digits.length);
    System.arraycopy(digits, 0, filled, start, digits.length);
    System.arraycopy(text, end, filled, start + digits.length, text.length - end);
    return filled;
  }

  @Override
  public Revision revision() {
    return revision;
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
    for (StoredObject object : List.copyOf(objects.values())) {
      if (within(object.key(), resource, namespace) && !visitor.test(object)) return;
    }
  }

  private static boolean within(ObjectKey key, ResourceName resource, String namespace) {
    return key.resource().equals(resource)
        && (namespace.isEmpty() || key.namespace().equals(namespace));
  }

  @Override
  public Optional<StoredRecord> record(RecordKey key) {
    return Optional.ofNullable(records.get(key))
        .flatMap(r -> r.value().map(value -> new StoredRecord(key, r.version(), value)));
  }

  @Override
  public long recordVersion(RecordKey key) {
    return records.containsKey(key) ? records.get(key).version() : 0;
  }

  @Override
  public List<StoredRecord> records(String family) {
    return records.keySet().stream()
        .filter(key -> key.family().equals(family))
        .flatMap(key -> record(key).stream())
        .toList();
  }

  @Override
  public List<Change> changes(ResourceName resource, String namespace, Revision after, int most)
      throws Compacted {
    if (oldest.isAfter(after)) throw new Compacted(after, oldest);
    return feed.stream()
        .filter(change -> change.revision().isAfter(after))
        .filter(change -> within(change.key(), resource, namespace))
        .limit(most)
        .toList();
  }
}
