package io.ordinal.controller.store.persistence;

import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectStore;

class InMemoryDurableStateTest extends DurableStateContractTest {
  @Override
  ObjectStore open() {
    return new InMemoryObjectStore();
  }
}
