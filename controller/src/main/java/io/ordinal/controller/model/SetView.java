package io.ordinal.controller.model;

import java.time.Duration;
import java.util.List;

/**
 * A set and what there is of it, read at one revision of the store.
 *
 * @param currentRevision name of the revision that replicas below the partition are made from
 * @param updateRevision name of the newest revision
 * @param replicas at most one for each ordinal
 * @param patience how long a replica of a wrong revision may be unready before it is taken for
 *     broken rather than busy
 */
public record SetView(
    SetSpec spec,
    String currentRevision,
    String updateRevision,
    List<ReplicaView> replicas,
    List<ClaimView> claims,
    Duration patience) {
  public SetView {
    replicas = List.copyOf(replicas);
    claims = List.copyOf(claims);
  }

  /** The revision that a replica of this ordinal should be made from. */
  public String revisionFor(int ordinal) {
    if (spec.update() instanceof SetSpec.UpdateRule.Rolling rolling
        && ordinal - spec.start() < rolling.partition()) {
      return currentRevision;
    }
    return updateRevision;
  }
}
