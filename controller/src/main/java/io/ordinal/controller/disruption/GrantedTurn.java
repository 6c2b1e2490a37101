package io.ordinal.controller.disruption;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last turn to leave that was granted to a replica of an ordered set. Kept by the set's name,
 * so that the records of sets that are gone are no more than there are names.
 *
 * @param version of the record as it was read; granting the next turn is conditional on it
 * @param pod the uid of the one that got it; empty when there was none
 */
record GrantedTurn(RecordKey key, long version, String pod, Instant at) {

  static GrantedTurn in(View view, ApiObject set) {
    RecordKey key = new RecordKey("eviction-turn", set.namespace() + "/" + set.name());
    long version = view.recordVersion(key);
    return view.record(key)
        .map(record -> Json.object(record.value()))
        .map(
            last ->
                new GrantedTurn(key, version, text(last, "pod"), Instant.parse(text(last, "at"))))
        .orElseGet(() -> new GrantedTurn(key, version, "", Instant.EPOCH));
  }

  private static String text(ObjectNode last, String field) {
    return last.required(field).asString();
  }

  /**
   * The uid of the pod that is to be taken for leaving, if it is still there.
   *
   * @param patience how long a turn counts when its pod does not leave
   */
  Optional<String> standing(Duration patience, Instant now) {
    return now.isBefore(at.plus(patience)) ? Optional.of(pod) : Optional.empty();
  }

  /** Refused when another turn was granted since this was read. */
  Operation next(ApiObject pod, Instant now) {
    ObjectNode turn = Json.object().put("pod", pod.uid()).put("at", now.toString());
    return new Operation.PutRecord(key, Json.bytes(turn), RecordCondition.at(version));
  }
}
