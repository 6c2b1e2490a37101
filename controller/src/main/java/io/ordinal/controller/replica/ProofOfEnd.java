package io.ordinal.controller.replica;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;

/** Why a life is known to run nowhere. */
sealed interface ProofOfEnd {
  /**
   * @throws IllegalArgumentException unless it proves the end of this life there
   */
  void check(Incarnation incarnation, Stay stay);

  /** The node where it was placed says so. */
  record AgentsWord(Session session, Incarnation incarnation) implements ProofOfEnd {
    @Override
    public void check(Incarnation life, Stay stay) {
      if (!incarnation.equals(life) || !session.equals(stay.session())) {
        throw new IllegalArgumentException(this + " is no word about " + life + " on " + stay);
      }
    }
  }

  /** Its session is over in a way that ends such a life. */
  record SessionOver(Session session, Standing standing) implements ProofOfEnd {
    @Override
    public void check(Incarnation life, Stay stay) {
      if (!standing.frees(stay.fenced()) || !session.equals(stay.session())) {
        throw new IllegalArgumentException(this + " does not end " + life + " on " + stay);
      }
    }
  }
}
