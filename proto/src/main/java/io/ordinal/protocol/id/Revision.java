package io.ordinal.protocol.id;

/**
 * A point in the history of the store: the global, dense, rising number that clients see as {@code
 * resourceVersion}.
 *
 * @param value 0 for the empty store
 */
public record Revision(long value) implements Comparable<Revision> {
  public static final Revision ZERO = new Revision(0);

  public Revision {
    if (value < 0)
      throw new IllegalArgumentException("revision must not be negative, got " + value);
  }

  public Revision plus(long steps) {
    return new Revision(value + steps);
  }

  public boolean isAfter(Revision other) {
    return value > other.value;
  }

  @Override
  public int compareTo(Revision other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
