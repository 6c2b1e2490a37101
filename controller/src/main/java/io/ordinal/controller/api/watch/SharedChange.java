package io.ordinal.controller.api.watch;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Change;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change as all watchers share it: decoded at most a few times however many select by it. Thread
 * safe; a race decodes twice, with the same outcome. Trees must not be modified.
 */
final class SharedChange {
  private final Change change;
  private volatile ObjectNode tree;
  private volatile ObjectNode previous;

  SharedChange(Change change) {
    this.change = change;
  }

  Change change() {
    return change;
  }

  long revision() {
    return change.revision().value();
  }

  /** Of the documents that it holds. */
  long bytes() {
    return bytes(change);
  }

  static long bytes(Change change) {
    return change.document().length + change.previous().map(it -> it.length).orElse(0);
  }

  ObjectNode tree() {
    ObjectNode known = tree;
    if (known == null) {
      known = Json.object(change.document());
      tree = known;
    }
    return known;
  }

  Optional<ObjectNode> previous() {
    if (change.previous().isEmpty()) return Optional.empty();
    ObjectNode known = previous;
    if (known == null) {
      known = Json.object(change.previous().get());
      previous = known;
    }
    return Optional.of(known);
  }
}
