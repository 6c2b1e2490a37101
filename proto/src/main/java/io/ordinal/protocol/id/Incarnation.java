package io.ordinal.protocol.id;

/**
 * Counts the lives of a replica and fences them: rises with every life and is never reused, not
 * after deletion or restore either. Restarts of a process inside one pod keep it.
 *
 * @param value 0 before the first life, positive afterwards
 */
public record Incarnation(long value) implements Comparable<Incarnation> {
  /** Before any life. */
  public static final Incarnation NONE = new Incarnation(0);

  public Incarnation {
    if (value < 0)
      throw new IllegalArgumentException("incarnation must not be negative, got " + value);
  }

  /**
   * The number of the next life: higher than the last one and than the revision it was decided on.
   */
  public Incarnation next(Revision decidedOn) {
    return new Incarnation(Math.max(value + 1, decidedOn.value()));
  }

  public boolean isAfter(Incarnation other) {
    return value > other.value;
  }

  @Override
  public int compareTo(Incarnation other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
