package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The whole state at one revision. Valid only inside the query that got it. */
public interface View {
  Revision revision();

  Optional<StoredObject> get(ObjectKey key);

  /**
   * Visits objects ordered by namespace and name until the visitor answers false.
   *
   * @param namespace empty for all
   */
  void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor);

  /** All of them, where that is known to be few. */
  default List<StoredObject> list(ResourceName resource, String namespace) {
    List<StoredObject> found = new java.util.ArrayList<>();
    scan(resource, namespace, found::add);
    return found;
  }

  /**
   * As {@link #scan}, from behind a place on.
   *
   * @param after of the resource; no object needs to stand there
   */
  default void scanAfter(ObjectKey after, String namespace, Predicate<StoredObject> visitor) {
    scan(
        after.resource(),
        namespace,
        each -> ObjectKey.ORDER.compare(each.key(), after) <= 0 || visitor.test(each));
  }

  /** How many objects {@link #scanAfter} would visit. */
  default long countAfter(ObjectKey after, String namespace) {
    long[] count = {0};
    scanAfter(after, namespace, each -> ++count[0] > 0);
    return count[0];
  }

  Optional<StoredRecord> record(RecordKey key);

  /**
   * The version that the next conditional put must expect: of a live or deleted record, 0 when
   * never written.
   */
  long recordVersion(RecordKey key);

  /** Live records of a family, ordered by id. */
  List<StoredRecord> records(String family);

  /**
   * Changes of a resource after a revision, oldest first.
   *
   * @param namespace empty for all
   * @throws Compacted when changes after that revision have been purged
   */
  List<Change> changes(ResourceName resource, String namespace, Revision after, int most)
      throws Compacted;

  /**
   * Visits the changes that {@link #changes} would list, oldest first, until the visitor answers
   * false. Holds few of them at a time, however many there are.
   *
   * @param namespace empty for all
   * @throws Compacted when changes after that revision have been purged
   */
  default void visitChanges(
      ResourceName resource, String namespace, Revision after, Predicate<Change> visitor)
      throws Compacted {
    Optional<Change> next = changes(resource, namespace, after, 1).stream().findFirst();
    while (next.isPresent() && visitor.test(next.get())) {
      next = changes(resource, namespace, next.get().revision(), 1).stream().findFirst();
    }
  }
}
