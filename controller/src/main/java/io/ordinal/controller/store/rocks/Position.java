package io.ordinal.controller.store.rocks;

/** Where an entry stands in the replicated log. */
public record Position(long term, long index) {
  /** Before the first entry. */
  public static final Position NONE = new Position(0, -1);

  public boolean isAfter(Position other) {
    return index > other.index;
  }
}
