package io.ordinal.controller.store.raft.wire;

/** Bytes that are no entry this release can read: damage, or a newer release wrote them. */
public final class UndecodableEntry extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecodableEntry(String message) {
    super(message);
  }
}
