package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Requests;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;

/**
 * What the witness of this controller says about a drill.
 *
 * @param requests what its probing client met, by replica
 */
record Testimony(Chronicle chronicle, Map<ReplicaId, Requests> requests) {
  static final Testimony NONE = new Testimony(Chronicle.NONE, Map.of());

  Testimony {
    requests = Map.copyOf(requests);
  }
}
