package io.ordinal.protocol.wire;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.wire.v1.ReplicaIdWire;
import io.ordinal.protocol.wire.v1.SessionWire;
import java.util.Optional;
import java.util.UUID;

/** Identifiers on the wire, for every codec that has them inside. */
public final class Ids {
  private Ids() {}

  public static ReplicaIdWire toWire(ReplicaId id) {
    return ReplicaIdWire.newBuilder().setNamespace(id.namespace()).setName(id.name()).build();
  }

  /**
   * @throws UndecodableMessage when the namespace or the name is missing
   */
  public static ReplicaId fromWire(ReplicaIdWire wire) {
    if (wire.getNamespace().isBlank() || wire.getName().isBlank()) {
      throw new UndecodableMessage(
          "a replica needs a namespace and a name, found '"
              + wire.getNamespace()
              + "/"
              + wire.getName()
              + "'");
    }
    return new ReplicaId(wire.getNamespace(), wire.getName());
  }

  public static SessionWire toWire(Session session) {
    return SessionWire.newBuilder()
        .setNode(session.node().value())
        .setStateUuid(session.stateUuid().toString())
        .setBootId(session.bootId())
        .setNumber(session.number())
        .build();
  }

  /**
   * @throws UndecodableMessage when the node, the state uuid or the number is missing
   */
  public static Session fromWire(SessionWire wire) {
    if (wire.getNumber() < 1) {
      throw new UndecodableMessage("sessions count from 1, found " + wire.getNumber());
    }
    return new Session(
        node(wire.getNode()), uuid(wire.getStateUuid()), wire.getBootId(), wire.getNumber());
  }

  /**
   * @throws UndecodableMessage when it is blank
   */
  public static NodeName node(String name) {
    if (name.isBlank()) throw new UndecodableMessage("a message lacks the name of the node");
    return new NodeName(name);
  }

  /** Blank: the machine has nothing to be told by, or its agent is older than the field. */
  public static Optional<MachineId> machine(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(new MachineId(text));
  }

  /**
   * @throws UndecodableMessage when it is not a UUID
   */
  public static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException cause) {
      throw new UndecodableMessage("expected a UUID, found '" + text + "'", cause);
    }
  }

  /**
   * @throws UndecodableMessage when it is negative
   */
  public static Incarnation incarnation(long value) {
    if (value < 0) throw new UndecodableMessage("an incarnation is not negative, found " + value);
    return new Incarnation(value);
  }
}
