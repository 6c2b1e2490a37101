package io.ordinal.controller.api.watch;

import io.ordinal.controller.store.Change;
import java.util.ArrayList;
import java.util.List;

/** Changes that are read in order, up to a number of them and of bytes. */
final class Missed {
  private final List<Change> changes = new ArrayList<>();
  private final int most;
  private final long mostBytes;
  private long bytes;

  Missed(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** False when no more are wanted; the last one is among them. */
  boolean add(Change change) {
    changes.add(change);
    bytes += SharedChange.bytes(change);
    return !isFull();
  }

  boolean isFull() {
    return changes.size() >= most || bytes >= mostBytes;
  }

  List<Change> changes() {
    return changes;
  }
}
