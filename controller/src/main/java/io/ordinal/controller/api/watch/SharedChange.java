package io.ordinal.controller.api.watch;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Change;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change as all watchers share it: decoded at most a few times however many select by it. Thread
 * safe; a race decodes twice, with the same outcome. Trees must not be modified.
 */
final class SharedChange {
  private record Printed(String type, WeakReference<ByteString> bytes) {}

  private final Change change;
  private volatile Printed printed = new Printed("", new WeakReference<>(null));
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

  /**
   * What is sent of it, as it was printed for another who watches if that is still being sent.
   *
   * @param how prints it when it is not
   */
  ByteString printed(String type, Supplier<ByteString> how) {
    Printed known = printed;
    ByteString bytes = known.type().equals(type) ? known.bytes().get() : null;
    if (bytes == null) {
      bytes = how.get();
      printed = new Printed(type, new WeakReference<>(bytes));
    }
    return bytes;
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
