package io.ordinal.controller.set;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedUseOfRaft {
  static final Class<?> RAFT = io.ordinal.controller.store.raft.RaftObjectStore.class;
}
