package io.ordinal.controller.drill;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Instant;
import java.util.Optional;

/**
 * When the processes of a life ran, by the word and the clock of its node.
 *
 * @param ended empty while some process may run
 */
record LifeEvidence(
    ReplicaId replica,
    Incarnation incarnation,
    String node,
    Optional<Instant> started,
    Optional<Instant> ended) {
  boolean sameLife(LifeEvidence other) {
    return replica.equals(other.replica) && incarnation.equals(other.incarnation);
  }

  /** With what was known before, where this does not say it. */
  LifeEvidence over(LifeEvidence known) {
    return new LifeEvidence(
        replica, incarnation, node, started.or(known::started), ended.or(known::ended));
  }
}
