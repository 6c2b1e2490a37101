package io.ordinal.controller.store;

/** What must hold for a private record, or the whole transaction is refused. */
public sealed interface RecordCondition {
  record Any() implements RecordCondition {}

  /** Never written, or deleted. */
  record Absent() implements RecordCondition {}

  record AtVersion(long version) implements RecordCondition {}

  RecordCondition ANY = new Any();
  RecordCondition ABSENT = new Absent();

  static RecordCondition at(long version) {
    return new AtVersion(version);
  }
}
