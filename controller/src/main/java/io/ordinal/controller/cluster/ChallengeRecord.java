package io.ordinal.controller.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.RecordKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to a formation that nobody of it answers over the network: is anybody there? Whoever
 * is in it and can write to the store answers there. The next formation is founded on condition
 * that the very question stands unanswered, so an answer and a founding exclude each other.
 *
 * @param formation that is asked
 * @param by who asked, or who answered
 */
record ChallengeRecord(long formation, boolean answered, Seat by) {
  static final RecordKey KEY = new RecordKey("formation", "challenge");

  byte[] bytes() {
    return Json.bytes(
        Json.object()
            .put("formation", formation)
            .put("answered", answered)
            .put("artery", by.place())
            .put("uid", by.uid()));
  }

  static ChallengeRecord of(byte[] value) {
    ObjectNode tree = Json.object(value);
    return new ChallengeRecord(
        tree.path("formation").asLong(),
        tree.path("answered").asBoolean(),
        new Seat(tree.path("artery").asString(), tree.path("uid").asLong()));
  }
}
