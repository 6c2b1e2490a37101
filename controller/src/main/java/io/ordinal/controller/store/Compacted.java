package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;

/** The asked part of the change feed was purged: the reader must list again. */
public final class Compacted extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Revision oldest;

  public Compacted(Revision asked, Revision oldest) {
    super("too old resource version: " + asked + " (" + oldest + ")");
    this.oldest = oldest;
  }

  /** Changes after this revision are still there. */
  public Revision oldest() {
    return oldest;
  }
}
