package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;

/** What must hold for an object, or the whole transaction is refused. */
public sealed interface Condition {
  record Any() implements Condition {}

  record Absent() implements Condition {}

  record Present() implements Condition {}

  /** The object exists and was last changed at this revision. */
  record AtRevision(Revision revision) implements Condition {}

  /**
   * The object exists, is this very one (not a later one of the same name), and its spec is of this
   * generation.
   */
  record AtGeneration(String uid, long generation) implements Condition {}

  /** The object exists and is this very one. */
  record WithUid(String uid) implements Condition {}

  Condition ANY = new Any();
  Condition ABSENT = new Absent();
  Condition PRESENT = new Present();

  static Condition at(Revision revision) {
    return new AtRevision(revision);
  }
}
