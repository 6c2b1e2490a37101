package io.ordinal.protocol.id;

/**
 * Counts the activations of the singleton; its commands carry it, so that the orders of one that
 * slept are void.
 *
 * @param value 0 before the first activation
 */
public record Term(long value) implements Comparable<Term> {
  public static final Term NONE = new Term(0);

  public Term {
    if (value < 0) throw new IllegalArgumentException("term must not be negative, got " + value);
  }

  @Override
  public int compareTo(Term other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
