package io.ordinal.controller.set;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedUseOfGeneratedClass {
  static final Class<?> GENERATED = io.ordinal.protocol.wire.v1.ReplicaIdWire.class;
}
