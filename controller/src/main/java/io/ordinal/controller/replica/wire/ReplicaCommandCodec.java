package io.ordinal.controller.replica.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.replica.ReplicaCommand.Amend;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaCommand.Create;
import io.ordinal.controller.replica.ReplicaCommand.Delete;
import io.ordinal.controller.replica.ReplicaCommand.Edit;
import io.ordinal.controller.replica.ReplicaCommand.End;
import io.ordinal.controller.replica.ReplicaCommand.Noted;
import io.ordinal.controller.replica.ReplicaCommand.Predecessor;
import io.ordinal.controller.replica.ReplicaCommand.Reported;
import io.ordinal.controller.replica.ReplicaCommand.Wake;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.wire.Ids;
import io.ordinal.protocol.wire.LifeStatusCodec;
import io.ordinal.protocol.wire.References;
import io.ordinal.protocol.wire.Times;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.AmendWire;
import io.ordinal.protocol.wire.v1.BasisWire;
import io.ordinal.protocol.wire.v1.BeginWire;
import io.ordinal.protocol.wire.v1.CreateWire;
import io.ordinal.protocol.wire.v1.DeleteWire;
import io.ordinal.protocol.wire.v1.EditWire;
import io.ordinal.protocol.wire.v1.EndWire;
import io.ordinal.protocol.wire.v1.PredecessorWire;
import io.ordinal.protocol.wire.v1.ReportNotedWire;
import io.ordinal.protocol.wire.v1.ReportedWire;
import io.ordinal.protocol.wire.v1.WakeWire;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What replicas are told, as protobuf. Decoding throws {@link UndecodableMessage}. */
final class ReplicaCommandCodec {
  private final References references;

  ReplicaCommandCodec(References references) {
    this.references = references;
  }

  BeginWire begin(Begin command) {
    return BeginWire.newBuilder()
        .setReplica(Ids.toWire(command.replica()))
        .setBasis(BasisCodec.toWire(command.basis()))
        .addAllAfter(command.after().stream().map(ReplicaCommandCodec::predecessor).toList())
        .setPod(bytes(command.pod()))
        .addAllClaims(bytes(command.claims()))
        .setReplyTo(references.toWire(command.replyTo()))
        .build();
  }

  private static PredecessorWire predecessor(Predecessor each) {
    return PredecessorWire.newBuilder()
        .setReplica(Ids.toWire(each.replica()))
        .setPodUid(each.podUid())
        .build();
  }

  Begin begin(BeginWire wire) {
    return new Begin(
        Ids.fromWire(wire.getReplica()),
        basis(wire.hasBasis(), wire.getBasis()),
        wire.getAfterList().stream()
            .map(each -> new Predecessor(Ids.fromWire(each.getReplica()), each.getPodUid()))
            .toList(),
        document(wire.getPod()),
        documents(wire.getClaimsList()),
        asker(wire.getReplyTo()));
  }

  EndWire end(End command) {
    return EndWire.newBuilder()
        .setReplica(Ids.toWire(command.replica()))
        .setBasis(BasisCodec.toWire(command.basis()))
        .setPodUid(command.podUid())
        .setWhy(command.why())
        .setReplyTo(references.toWire(command.replyTo()))
        .build();
  }

  End end(EndWire wire) {
    return new End(
        Ids.fromWire(wire.getReplica()),
        basis(wire.hasBasis(), wire.getBasis()),
        wire.getPodUid(),
        wire.getWhy(),
        asker(wire.getReplyTo()));
  }

  AmendWire amend(Amend command) {
    return AmendWire.newBuilder()
        .setReplica(Ids.toWire(command.replica()))
        .setBasis(BasisCodec.toWire(command.basis()))
        .setExpected(command.expected().value())
        .setPod(bytes(command.pod()))
        .addAllClaims(bytes(command.claims()))
        .setReplyTo(references.toWire(command.replyTo()))
        .build();
  }

  Amend amend(AmendWire wire) {
    return new Amend(
        Ids.fromWire(wire.getReplica()),
        basis(wire.hasBasis(), wire.getBasis()),
        new Revision(wire.getExpected()),
        document(wire.getPod()),
        documents(wire.getClaimsList()),
        asker(wire.getReplyTo()));
  }

  CreateWire create(Create command) {
    return CreateWire.newBuilder()
        .setReplica(Ids.toWire(command.replica()))
        .setPod(bytes(command.pod()))
        .setReplyTo(references.toWire(command.replyTo()))
        .build();
  }

  Create create(CreateWire wire) {
    return new Create(
        Ids.fromWire(wire.getReplica()), document(wire.getPod()), asker(wire.getReplyTo()));
  }

  EditWire edit(Edit command) {
    return EditWire.newBuilder()
        .setReplica(Ids.toWire(command.replica()))
        .setExpected(command.expected().value())
        .setPod(bytes(command.pod()))
        .setReplyTo(references.toWire(command.replyTo()))
        .build();
  }

  Edit edit(EditWire wire) {
    return new Edit(
        Ids.fromWire(wire.getReplica()),
        new Revision(wire.getExpected()),
        document(wire.getPod()),
        asker(wire.getReplyTo()));
  }

  DeleteWire delete(Delete command) {
    DeleteWire.Builder wire =
        DeleteWire.newBuilder()
            .setReplica(Ids.toWire(command.replica()))
            .setDryRun(command.dryRun())
            .setReplyTo(references.toWire(command.replyTo()));
    command.uid().ifPresent(wire::setUid);
    command.revision().ifPresent(revision -> wire.setRevision(revision.value()));
    command.grace().ifPresent(grace -> wire.setGrace(Times.toWire(grace)));
    return wire.build();
  }

  Delete delete(DeleteWire wire) {
    return new Delete(
        Ids.fromWire(wire.getReplica()),
        wire.hasUid() ? Optional.of(wire.getUid()) : Optional.empty(),
        wire.hasRevision() ? Optional.of(new Revision(wire.getRevision())) : Optional.empty(),
        wire.hasGrace() ? Optional.of(Times.fromWire(wire.getGrace())) : Optional.empty(),
        wire.getDryRun(),
        asker(wire.getReplyTo()));
  }

  ReportedWire reported(Reported command) {
    return ReportedWire.newBuilder()
        .setReplica(Ids.toWire(command.replica()))
        .setSession(Ids.toWire(command.session()))
        .setStatus(LifeStatusCodec.toWire(command.status()))
        .setReplyTo(references.toWire(command.replyTo()))
        .build();
  }

  Reported reported(ReportedWire wire) {
    if (!wire.hasStatus()) throw new UndecodableMessage("a report without a status");
    return new Reported(
        Ids.fromWire(wire.getReplica()),
        Ids.fromWire(wire.getSession()),
        LifeStatusCodec.fromWire(wire.getStatus()),
        references.fromWire(wire.getReplyTo(), "the asker of a report"));
  }

  ReportNotedWire noted(Noted noted) {
    return ReportNotedWire.newBuilder()
        .setReplica(Ids.toWire(noted.replica()))
        .setIncarnation(noted.incarnation().value())
        .setVersion(noted.version())
        .build();
  }

  Noted noted(ReportNotedWire wire) {
    return new Noted(
        Ids.fromWire(wire.getReplica()), Ids.incarnation(wire.getIncarnation()), wire.getVersion());
  }

  WakeWire wake(Wake command) {
    return WakeWire.newBuilder().setReplica(Ids.toWire(command.replica())).build();
  }

  Wake wake(WakeWire wire) {
    return new Wake(Ids.fromWire(wire.getReplica()));
  }

  private ActorRef<Verdict<StoredObject>> asker(String wire) {
    return references.fromWire(wire, "the asker of a command to a replica");
  }

  private static Basis basis(boolean present, BasisWire wire) {
    if (!present) throw new UndecodableMessage("an order without a basis");
    return BasisCodec.fromWire(wire);
  }

  private static byte[] document(ByteString bytes) {
    if (bytes.isEmpty()) throw new UndecodableMessage("a command without its document");
    return bytes.toByteArray();
  }

  private static List<byte[]> documents(List<ByteString> list) {
    return list.stream().map(ReplicaCommandCodec::document).toList();
  }

  private static ByteString bytes(byte[] document) {
    return UnsafeByteOperations.unsafeWrap(document);
  }

  private static List<ByteString> bytes(List<byte[]> documents) {
    return documents.stream().map(ReplicaCommandCodec::bytes).toList();
  }
}
