package io.ordinal.controller.api.read;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a part of the store was at an earlier revision: what the feed of changes says about those
 * that have changed since. Everything else was as it is.
 */
final class Past {
  /**
   * What changed since.
   *
   * @param document as it was then; empty when there was none
   * @param now whether it is there now
   */
  record Former(Optional<byte[]> document, boolean now) {}

  private final NavigableMap<ObjectKey, Former> changed = new TreeMap<>(ObjectKey.ORDER);

  private long bytes;

  private Past() {}

  /**
   * @param after only what stands behind this place
   * @param most whoever asks for more would hold too much memory
   * @throws Compacted when so much is not known any more, or too much has happened
   */
  static Past of(
      View view, Scope scope, long revision, Optional<ObjectKey> after, PastSettings most)
      throws Compacted {
    Past past = new Past();
    Revision seen = new Revision(revision);
    if (!view.revision().isAfter(seen)) return past;
    int[] read = {0};
    view.visitChanges(
        scope.resource(),
        scope.namespace(),
        seen,
        each -> {
          boolean before =
              after.isPresent() && ObjectKey.ORDER.compare(each.key(), after.get()) <= 0;
          if (!before && scope.covers(each.key())) past.note(each);
          return ++read[0] <= most.changes() && past.bytes <= most.bytes();
        });
    if (read[0] > most.changes() || past.bytes > most.bytes()) {
      throw new Compacted(seen, view.revision());
    }
    return past;
  }

  private void note(Change change) {
    Former first = changed.get(change.key());
    Optional<byte[]> document = first == null ? change.previous() : first.document();
    if (first == null) bytes += document.map(it -> it.length).orElse(0);
    changed.put(change.key(), new Former(document, !change.deleted()));
  }

  /** Of the former documents that it holds. */
  long bytes() {
    return bytes;
  }

  /** What is known of an object that is there now; empty when it has not changed. */
  Optional<Former> of(ObjectKey key) {
    return Optional.ofNullable(changed.get(key));
  }

  /**
   * Those strictly between two places, in order.
   *
   * @param from empty for the beginning
   * @param to empty for the end
   */
  NavigableMap<ObjectKey, Former> between(Optional<ObjectKey> from, Optional<ObjectKey> to) {
    NavigableMap<ObjectKey, Former> part = changed;
    if (from.isPresent()) part = part.tailMap(from.get(), false);
    return to.isPresent() ? part.headMap(to.get(), false) : part;
  }

  /** By how many there were more behind a place than there are now. */
  long surplusAfter(ObjectKey place) {
    long surplus = 0;
    for (Former each : changed.tailMap(place, false).values()) {
      if (each.document().isPresent()) surplus++;
      if (each.now()) surplus--;
    }
    return surplus;
  }
}
