package io.ordinal.protocol.id;

/** The name of a machine that hosts workloads, as in {@code v1/Node}. */
public record NodeName(String value) {
  public NodeName {
    if (value.isBlank()) throw new IllegalArgumentException("a node needs a name");
  }

  @Override
  public String toString() {
    return value;
  }
}
