package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.volume.Merge;
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
 * @param expected what must hold of other objects
 * @param records private records of others that go with it
 */
record Decision(
    Optional<Basis> basis,
    Optional<NodeStanding> standing,
    List<Creation> creations,
    List<Merge> merges,
    List<Operation.Expect> expected,
    List<Operation> records) {
  static final Decision PLAIN =
      new Decision(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of());

  record Creation(ObjectKey key, ApiObject object) {}

  Decision {
    creations = List.copyOf(creations);
    merges = List.copyOf(merges);
    expected = List.copyOf(expected);
    records = List.copyOf(records);
  }

  static Decision by(Basis basis, List<Creation> creations) {
    return by(basis, creations, List.of());
  }

  static Decision by(Basis basis, List<Creation> creations, List<Operation.Expect> expected) {
    return new Decision(
        Optional.of(basis), Optional.empty(), creations, List.of(), expected, List.of());
  }

  static Decision on(NodeStanding standing) {
    return new Decision(
        Optional.empty(), Optional.of(standing), List.of(), List.of(), List.of(), List.of());
  }
}
