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
 * Gathers one page of a list as of one revision: today's objects, with those put back that have
 * changed since. Used once, inside a query.
 */
public final class Listing {
  /**
   * One page.
   *
   * @param revision that it shows
   * @param next the token of the next one; empty when this is the last
   * @param remaining how many come after it, where that is known
   */
  public record Page(
      List<byte[]> documents, Revision revision, Optional<String> next, OptionalLong remaining) {}

  private final View view;
  private final Scope scope;
  private final Selection selection;
  private final ListOptions options;
  private final long revision;
  private final Optional<ObjectKey> start;
  private final Past past;
  private final List<byte[]> found = new ArrayList<>();
  private Optional<ObjectKey> last = Optional.empty();
  private Optional<ObjectKey> cursor;
  private boolean more;

  private Listing(
      View view, Scope scope, Selection selection, ListOptions options, PastSettings most)
      throws Compacted {
    this.view = view;
    this.scope = scope;
    this.selection = selection;
    this.options = options;
    this.revision = options.read().exactly() ? options.read().atLeast() : view.revision().value();
    this.start = options.from().map(token -> token.place(scope.resource()));
    this.cursor = start;
    this.past = Past.of(view, scope, revision, start, most);
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException 410 when the revision is not known any
   *     more
   */
  static Page of(
      View view, Scope scope, Selection selection, ListOptions options, PastSettings most) {
    try {
      return new Listing(view, scope, selection, options, most).page();
    } catch (Compacted compacted) {
      throw options.expired();
    }
  }

  private Page page() {
    if (!scope.name().isEmpty()) scope.in(view).forEach(this::isGoingOnWith);
    else if (start.isPresent()) view.scanAfter(start.get(), scope.namespace(), this::isGoingOnWith);
    else view.scan(scope.resource(), scope.namespace(), this::isGoingOnWith);
    if (!more) putBack(Optional.empty());
    OptionalLong left = remaining();
    Optional<String> next =
        more
            ? last.map(key -> new PageToken(revision, key.namespace(), key.name(), left).encode())
            : Optional.empty();
    return new Page(found, new Revision(revision), next, left);
  }

  private boolean isGoingOnWith(StoredObject stored) {
    ObjectKey key = stored.key();
    if (start.isPresent() && ObjectKey.ORDER.compare(key, start.get()) <= 0) return true;
    putBack(Optional.of(key));
    cursor = Optional.of(key);
    Optional<Past.Former> former = past.of(key);
    if (former.isEmpty()) add(key, stored.document());
    else former.get().document().ifPresent(document -> add(key, document));
    return !more;
  }

  /** Those that stood between the last one and this, and are gone. */
  private void putBack(Optional<ObjectKey> to) {
    past.between(cursor, to)
        .forEach((key, former) -> former.document().ifPresent(document -> add(key, document)));
  }

  private void add(ObjectKey key, byte[] document) {
    if (more || !ReadHandler.matches(selection, document)) return;
    if (options.limit() > 0 && found.size() >= options.limit()) {
      more = true;
      return;
    }
    found.add(document);
    last = Optional.of(key);
  }

  private OptionalLong remaining() {
    // As in Kubernetes: nobody counts what would have to be looked into.
    if (!more || last.isEmpty() || !selection.isEverything()) return OptionalLong.empty();
    // All pages show one revision: what was counted for the first of them holds for the others.
    long rest = options.from().map(PageToken::left).orElse(OptionalLong.empty()).orElse(0);
    if (rest > found.size()) return OptionalLong.of(rest - found.size());
    long now = view.countAfter(last.get(), scope.namespace());
    return OptionalLong.of(now + past.surplusAfter(last.get()));
  }
}
