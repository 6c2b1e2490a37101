package io.ordinal.protocol.id;

import java.util.OptionalInt;

/**
 * The identity that survives restarts and the loss of machines: the name of a pod within its
 * namespace.
 */
public record ReplicaId(String namespace, String name) {
  public ReplicaId {
    if (namespace.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "a replica needs a namespace and a name, got '" + namespace + "/" + name + "'");
    }
  }

  /** Reads {@code namespace/name}. */
  public static ReplicaId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0)
      throw new IllegalArgumentException("expected namespace/name, found '" + text + "'");
    return new ReplicaId(text.substring(0, slash), text.substring(slash + 1));
  }

  /**
   * The ordinal of this identity in the set, or nothing when its name is not {@code
   * <set>-<ordinal>}.
   */
  public OptionalInt ordinalIn(SetKey set) {
    String prefix = set.name() + "-";
    if (!namespace.equals(set.namespace()) || !name.startsWith(prefix)) return OptionalInt.empty();
    String digits = name.substring(prefix.length());
    if (!digits.matches("0|[1-9][0-9]{0,8}")) return OptionalInt.empty();
    return OptionalInt.of(Integer.parseInt(digits));
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
