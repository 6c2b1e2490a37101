package io.ordinal.protocol.id;

/**
 * Tells one machine from another, over reboots. Made from what the machine has of its own, mixed so
 * that nobody can tell that from it.
 */
public record MachineId(String value) {
  public MachineId {
    if (value.isBlank()) throw new IllegalArgumentException("a machine id has a value");
  }

  @Override
  public String toString() {
    return value;
  }
}
