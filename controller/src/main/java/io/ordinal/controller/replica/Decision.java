package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.volume.Merge;
import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What a transition was decided on, which its transaction has as preconditions, and what it writes
 * besides the record and the pod.
 *
 * @param basis the set order it follows
 * @param standing the session's record as it was read
 * @param creations created where absent
 * @param merges fields merged into objects that clients may write too
 * @param untouched objects that must be as they were read
 * @param records private records of others that go with it
 */
record Decision(
    Optional<Basis> basis,
    Optional<NodeStanding> standing,
    List<Creation> creations,
    List<Merge> merges,
    List<Untouched> untouched,
    List<Operation> records) {
  static final Decision PLAIN =
      new Decision(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of());

  record Untouched(ObjectKey key, Revision revision) {}

  record Creation(ObjectKey key, ApiObject object) {}

  Decision {
    creations = List.copyOf(creations);
    merges = List.copyOf(merges);
    untouched = List.copyOf(untouched);
    records = List.copyOf(records);
  }

  static Decision by(Basis basis, List<Creation> creations) {
    return new Decision(
        Optional.of(basis), Optional.empty(), creations, List.of(), List.of(), List.of());
  }

  static Decision on(NodeStanding standing) {
    return new Decision(
        Optional.empty(), Optional.of(standing), List.of(), List.of(), List.of(), List.of());
  }
}
