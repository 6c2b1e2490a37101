package io.ordinal.controller.api.read;

import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A list as of one revision: today's objects, with those put back that have changed since. Every
 * view that it is asked of must show the state that it was made of.
 */
final class Listing {
  /** Why a part ends. */
  enum End {
    /** There is no more. */
    ALL,
    /** It has as many objects as it may, and there are more. */
    OBJECTS,
    /** It has as many bytes as it may; there may be more. */
    BYTES
  }

  /**
   * Some of its objects, in their order.
   *
   * @param documents empty when they were only counted
   * @param last empty when it has none
   */
  record Part(List<byte[]> documents, long count, long bytes, Optional<ObjectKey> last, End end) {}

  /**
   * How much a part may have.
   *
   * @param objects 0 for all
   * @param bytes of documents at which it ends; the object that reaches them still belongs to it
   * @param held false to count them only
   */
  record Most(long objects, long bytes, boolean held) {}

  private final Scope scope;
  private final Selection selection;
  private final ListOptions options;
  private final long revision;
  private final Past past;

  private Listing(
      View view, Scope scope, Selection selection, ListOptions options, PastSettings most)
      throws Compacted {
    this.scope = scope;
    this.selection = selection;
    this.options = options;
    this.revision = options.read().exactly() ? options.read().atLeast() : view.revision().value();
    this.past = Past.of(view, scope, revision, start(), most);
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException 410 when the revision is not known any
   *     more
   */
  static Listing of(
      View view, Scope scope, Selection selection, ListOptions options, PastSettings most) {
    try {
      return new Listing(view, scope, selection, options, most);
    } catch (Compacted compacted) {
      throw options.expired();
    }
  }

  /** Where the page before ended. */
  Optional<ObjectKey> start() {
    return options.from().map(token -> token.place(scope.resource()));
  }

  Revision revision() {
    return new Revision(revision);
  }

  /** What it holds of the past. */
  long pastBytes() {
    return past.bytes();
  }

  /**
   * The objects that come next.
   *
   * @param after empty for the beginning of all pages
   */
  Part part(View view, Optional<ObjectKey> after, Most most) {
    return new Walk(after, most).of(view);
  }

  /**
   * What stands above a page.
   *
   * @param page from {@link #start} on
   */
  ListHead head(View view, Part page) {
    boolean more = page.end() == End.OBJECTS;
    Optional<ObjectKey> last = page.last().filter(key -> more);
    OptionalLong left = last.map(key -> remaining(view, key, page)).orElse(OptionalLong.empty());
    Optional<String> next =
        last.map(key -> new PageToken(revision, key.namespace(), key.name(), left).encode());
    return new ListHead(revision(), next, left);
  }

  private OptionalLong remaining(View view, ObjectKey last, Part page) {
    // As in Kubernetes: nobody counts what would have to be looked into.
    if (!selection.isEverything()) return OptionalLong.empty();
    // All pages show one revision: what was counted for the first of them holds for the others.
    long rest = options.from().map(PageToken::left).orElse(OptionalLong.empty()).orElse(0);
    if (rest > page.count()) return OptionalLong.of(rest - page.count());
    long now = view.countAfter(last, scope.namespace());
    return OptionalLong.of(now + past.surplusAfter(last));
  }

  /** Gathers one part. Used once. */
  private final class Walk {
    private final Most most;
    private final List<byte[]> found = new ArrayList<>();
    private final Optional<ObjectKey> start;
    private Optional<ObjectKey> cursor;
    private Optional<ObjectKey> last = Optional.empty();
    private End end = End.ALL;
    private long count;
    private long bytes;

    private Walk(Optional<ObjectKey> start, Most most) {
      this.most = most;
      this.start = start;
      this.cursor = start;
    }

    private Part of(View view) {
      scope.visit(view, start, this::isGoingOnWith);
      if (end == End.ALL) putBack(Optional.empty());
      return new Part(found, count, bytes, last, end);
    }

    private boolean isGoingOnWith(StoredObject stored) {
      ObjectKey key = stored.key();
      putBack(Optional.of(key));
      cursor = Optional.of(key);
      Optional<Past.Former> former = past.of(key);
      if (former.isEmpty()) add(key, stored.document());
      else former.get().document().ifPresent(document -> add(key, document));
      return end == End.ALL;
    }

    /** Those that stood between the last one and this, and are gone. */
    private void putBack(Optional<ObjectKey> to) {
      past.between(cursor, to)
          .forEach((key, former) -> former.document().ifPresent(document -> add(key, document)));
    }

    private void add(ObjectKey key, byte[] document) {
      if (end != End.ALL || !ReadHandler.matches(selection, document)) return;
      if (most.objects() > 0 && count >= most.objects()) {
        end = End.OBJECTS;
        return;
      }
      if (most.held()) found.add(document);
      count++;
      bytes += document.length;
      last = Optional.of(key);
      if (bytes >= most.bytes()) end = End.BYTES;
    }
  }
}
