package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.read.Peek;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Change;
import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change as all watchers share it: decoded at most a few times however many select by it, and not
 * held so when nobody looks: a tree may take fifty times its document. Thread safe; a race decodes
 * twice, with the same outcome. Trees must not be modified.
 */
final class SharedChange {
  /**
   * @param whole whether it is more than kind and metadata
   */
  private record Decoded(boolean whole, WeakReference<ObjectNode> tree) {
    static final Decoded NOTHING = new Decoded(false, new WeakReference<>(null));
  }

  private record Printed(String type, WeakReference<ByteString> bytes) {}

  private final Change change;
  private volatile Printed printed = new Printed("", new WeakReference<>(null));
  private volatile Decoded now = Decoded.NOTHING;
  private volatile Decoded before = Decoded.NOTHING;

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

  /** Whether the object as it is now is selected. */
  boolean isSelectedBy(Selection selection) {
    boolean whole = !selection.fields().isEverything();
    ObjectNode tree = known(now, whole);
    if (tree == null) {
      tree = decoded(change.document(), whole);
      now = new Decoded(whole, new WeakReference<>(tree));
    }
    return selection.matches(tree);
  }

  /** Whether the object was selected before; false when there was none. */
  boolean wasSelectedBy(Selection selection) {
    if (change.previous().isEmpty()) return false;
    boolean whole = !selection.fields().isEverything();
    ObjectNode tree = known(before, whole);
    if (tree == null) {
      tree = decoded(change.previous().get(), whole);
      before = new Decoded(whole, new WeakReference<>(tree));
    }
    return selection.matches(tree);
  }

  /** Null when it has to be decoded, or more of it. */
  private static ObjectNode known(Decoded decoded, boolean whole) {
    return whole && !decoded.whole() ? null : decoded.tree().get();
  }

  /** Labels stand at the beginning. */
  private static ObjectNode decoded(byte[] document, boolean whole) {
    return whole ? Json.object(document) : Peek.metadata(document);
  }
}
