package io.ordinal.controller.store.persistence;

import io.ordinal.controller.store.DurableShape;
import io.ordinal.controller.store.ObjectStore;
import org.apache.pekko.actor.setup.Setup;

/**
 * Hands an actor system the store that outlives it, and the shape of the states kept there. Must be
 * part of the {@code ActorSystemSetup} that the system is made with.
 */
public final class DurableStateSetup extends Setup {
  private final ObjectStore store;
  private final DurableShape<?> shape;

  public DurableStateSetup(ObjectStore store, DurableShape<?> shape) {
    this.store = store;
    this.shape = shape;
  }

  ObjectStore store() {
    return store;
  }

  DurableShape<?> shape() {
    return shape;
  }
}
