package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Requests;
import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;
import java.util.Optional;

/**
 * What the witness of this controller says about a drill.
 *
 * @param requests what its probing client met, by replica
 * @param service what its client of the controllers met
 */
record Testimony(
    Chronicle chronicle, Map<ReplicaId, Requests> requests, Optional<Service> service) {
  static final Testimony NONE = new Testimony(Chronicle.NONE, Map.of(), Optional.empty());

  Testimony {
    requests = Map.copyOf(requests);
  }
}
