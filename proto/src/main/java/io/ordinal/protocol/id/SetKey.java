package io.ordinal.protocol.id;

/** Names a StatefulSet. */
public record SetKey(String namespace, String name) {
  public SetKey {
    if (namespace.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "a set needs a namespace and a name, got '" + namespace + "/" + name + "'");
    }
  }

  /** The identity of the replica with this ordinal: {@code <set>-<ordinal>}. */
  public ReplicaId replica(int ordinal) {
    if (ordinal < 0)
      throw new IllegalArgumentException("ordinal must not be negative, got " + ordinal);
    return new ReplicaId(namespace, name + "-" + ordinal);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
