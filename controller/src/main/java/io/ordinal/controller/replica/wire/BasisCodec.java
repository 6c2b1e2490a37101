package io.ordinal.controller.replica.wire;

import io.ordinal.controller.replica.Basis;
import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.BasisWire;

/** What an order was decided on, in records and commands. */
final class BasisCodec {
  private BasisCodec() {}

  static BasisWire toWire(Basis basis) {
    return BasisWire.newBuilder()
        .setTerm(basis.term().value())
        .setSetNamespace(basis.set().namespace())
        .setSetName(basis.set().name())
        .setSetUid(basis.setUid())
        .setSetGeneration(basis.setGeneration())
        .build();
  }

  static Basis fromWire(BasisWire wire) {
    if (wire.getSetNamespace().isBlank() || wire.getSetName().isBlank()) {
      throw new UndecodableMessage("a basis without a set");
    }
    return new Basis(
        new Term(wire.getTerm()),
        new SetKey(wire.getSetNamespace(), wire.getSetName()),
        wire.getSetUid(),
        wire.getSetGeneration());
  }
}
