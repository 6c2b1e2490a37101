package io.ordinal.controller.cluster;

import java.util.List;

/** What an actor system does next about the cluster. */
sealed interface FormationStep {
  <R> R match(Cases<R> cases);

  /**
   * Write the record of this number, then join oneself.
   *
   * @param over version of the record that it replaces
   */
  record Found(long number, long over) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.found(this);
    }
  }

  /** The record is written already, by this very actor system: only the joining is missing. */
  record Settle(long number) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settle(this);
    }
  }

  /** Ask any of these for admission. */
  record Join(long number, List<Seat> seats) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.join(this);
    }
  }

  /** Write one's own record, so that the others know whom to ask, and look again. */
  record Introduce() implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.introduce(this);
    }
  }

  /** Ask the others and look again. */
  record Wait(String reason) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.await(this);
    }
  }

  /** All is as it should be. */
  record Stay() implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stay(this);
    }
  }

  /** This actor system has no place in the cluster any more; a new one has. */
  record Restart(String reason) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.restart(this);
    }
  }

  interface Cases<R> {
    R found(Found step);

    R settle(Settle step);

    R join(Join step);

    R introduce(Introduce step);

    R await(Wait step);

    R stay(Stay step);

    R restart(Restart step);
  }
}
