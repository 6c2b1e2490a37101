package io.ordinal.controller.garbage;

import io.ordinal.controller.store.ObjectKey;
import java.util.Set;

/** Something to be done about one object. Checked against the store again when it is done. */
sealed interface GarbageStep {
  ObjectKey key();

  <R> R match(Cases<R> cases);

  /** Delete it: no owner keeps it, or its namespace goes. */
  record Delete(ObjectKey key, String uid, boolean foreground) implements GarbageStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.delete(this);
    }
  }

  /** Take these owners out of its references. */
  record Disown(ObjectKey key, Set<String> owners) implements GarbageStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.disown(this);
    }
  }

  /** Take away the finalizer of a deletion policy; the object goes if it was the last. */
  record LetGo(ObjectKey key, String finalizer) implements GarbageStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.letGo(this);
    }
  }

  /** Remove the namespace: nothing is left in it. */
  record Close(ObjectKey key) implements GarbageStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.close(this);
    }
  }

  /** Say in the namespace's conditions what it still waits for. */
  record TellRemaining(ObjectKey key) implements GarbageStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tellRemaining(this);
    }
  }

  /** One method for each kind of step. */
  interface Cases<R> {
    R delete(Delete step);

    R disown(Disown step);

    R letGo(LetGo step);

    R close(Close step);

    R tellRemaining(TellRemaining step);
  }
}
