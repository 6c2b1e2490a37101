package io.ordinal.protocol.id;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedUseOfController {
  static final Class<?> CONTROLLER = io.ordinal.controller.store.ObjectStore.class;
}
