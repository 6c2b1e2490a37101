package io.ordinal.controller.cluster;

import java.util.List;
import java.util.Optional;

/** What an actor system does next about the cluster. */
sealed interface FormationStep {
  <R> R match(Cases<R> cases);

  /**
   * Write the record of this number, then join oneself.
   *
   * @param over version of the record that it replaces
   * @param unanswered version of the challenge that must still stand, where not everybody answers
   */
  record Found(long number, long over, Optional<Long> unanswered) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.found(this);
    }
  }

  /**
   * Ask in the store whether this formation lives, since not everybody answers who may be in it.
   *
   * @param over version of the challenge that it replaces
   */
  record Challenge(long number, long formationVersion, long over) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.challenge(this);
    }
  }

  /** Answer that it does: this actor system is in it. */
  record Answer(long number, long formationVersion, long over) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.answer(this);
    }
  }

  /**
   * The record is written already, by this very actor system: only the joining is missing.
   *
   * @param version of the record
   */
  record Settle(long number, long version) implements FormationStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settle(this);
    }
  }

  /**
   * Ask any of these for admission.
   *
   * @param version of the record of the formation
   */
  record Join(long number, long version, List<Seat> seats) implements FormationStep {
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

    R challenge(Challenge step);

    R answer(Answer step);

    R settle(Settle step);

    R join(Join step);

    R introduce(Introduce step);

    R await(Wait step);

    R stay(Stay step);

    R restart(Restart step);
  }
}
