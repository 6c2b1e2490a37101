package io.ordinal.agent.probe;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedUseOfWorkload {
  static final Class<?> WORKLOAD = io.ordinal.agent.workload.Workload.class;
  static final Class<?> CONTROLLER = io.ordinal.controller.store.ObjectStore.class;
}
