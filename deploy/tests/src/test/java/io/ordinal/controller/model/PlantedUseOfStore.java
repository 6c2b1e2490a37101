package io.ordinal.controller.model;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedUseOfStore {
  static final Class<?> STORE = io.ordinal.controller.store.ObjectStore.class;
}
