package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Change;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one watcher sees of a change.
 *
 * @param document of the object; for DELETED its last state with the revision of the change
 */
record WatchEvent(Type type, byte[] document) {
  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  /**
   * Nothing when the object was and is not selected. One that begins to be selected is added, one
   * that ceases to be is deleted.
   */
  static Optional<WatchEvent> of(SharedChange shared, Selection selection) {
    Change change = shared.change();
    boolean before = change.previous().isPresent();
    boolean now = !change.deleted();
    if (!selection.isEverything()) {
      before = before && shared.wasSelectedBy(selection);
      now = now && shared.isSelectedBy(selection);
    } else if (change.deleted()) {
      before = true; // Whatever was there, it was selected.
    }
    if (before && now) return Optional.of(new WatchEvent(Type.MODIFIED, change.document()));
    if (now) return Optional.of(new WatchEvent(Type.ADDED, change.document()));
    if (!before) return Optional.empty();
    byte[] last = change.deleted() ? change.document() : unselected(shared);
    return Optional.of(new WatchEvent(Type.DELETED, last));
  }

  private static byte[] unselected(SharedChange shared) {
    ObjectNode last = Json.object(shared.change().previous().orElseThrow());
    last.withObject("/metadata").put("resourceVersion", Long.toString(shared.revision()));
    return Json.bytes(last);
  }
}
