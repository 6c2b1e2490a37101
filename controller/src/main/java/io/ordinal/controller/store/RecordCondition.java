package io.ordinal.controller.store;

/** What must hold for a private record, or the whole transaction is refused. */
public sealed interface RecordCondition {
  <R> R match(Cases<R> cases);

  record Any() implements RecordCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.any(this);
    }
  }

  /** Never written, or deleted. */
  record Absent() implements RecordCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.absent(this);
    }
  }

  /** Live or deleted, it was last written at this version; 0 when never written. */
  record AtVersion(long version) implements RecordCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.atVersion(this);
    }
  }

  RecordCondition ANY = new Any();
  RecordCondition ABSENT = new Absent();

  static RecordCondition at(long version) {
    return new AtVersion(version);
  }

  interface Cases<R> {
    R any(Any any);

    R absent(Absent absent);

    R atVersion(AtVersion at);
  }
}
