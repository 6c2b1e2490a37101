package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;

/** What must hold for an object, or the whole transaction is refused. */
public sealed interface Condition {
  <R> R match(Cases<R> cases);

  record Any() implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.any(this);
    }
  }

  record Absent() implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.absent(this);
    }
  }

  record Present() implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.present(this);
    }
  }

  /** The object exists and was last changed at this revision. */
  record AtRevision(Revision revision) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.atRevision(this);
    }
  }

  /**
   * The object exists, is this very one (not a later one of the same name), and its spec is of this
   * generation.
   */
  record AtGeneration(String uid, long generation) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.atGeneration(this);
    }
  }

  /** The object exists and is this very one. */
  record WithUid(String uid) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.withUid(this);
    }
  }

  Condition ANY = new Any();
  Condition ABSENT = new Absent();
  Condition PRESENT = new Present();

  static Condition at(Revision revision) {
    return new AtRevision(revision);
  }

  interface Cases<R> {
    R any(Any any);

    R absent(Absent absent);

    R present(Present present);

    R atRevision(AtRevision at);

    R atGeneration(AtGeneration at);

    R withUid(WithUid with);
  }
}
