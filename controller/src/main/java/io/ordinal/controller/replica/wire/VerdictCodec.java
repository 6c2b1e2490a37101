package io.ordinal.controller.replica.wire;

import com.google.protobuf.UnsafeByteOperations;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.model.Verdict.Done;
import io.ordinal.controller.model.Verdict.Rejected;
import io.ordinal.controller.model.Verdict.TryLater;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.DoneWire;
import io.ordinal.protocol.wire.v1.RejectedWire;
import io.ordinal.protocol.wire.v1.StoredObjectWire;
import io.ordinal.protocol.wire.v1.TryLaterWire;

/** What replicas answer, as protobuf: verdicts about a stored object. */
final class VerdictCodec {
  private VerdictCodec() {}

  static DoneWire done(Done<?> done) {
    if (!(done.value() instanceof StoredObject object)) {
      throw new IllegalArgumentException("no form for the answer " + done.value());
    }
    return DoneWire.newBuilder()
        .setObject(
            StoredObjectWire.newBuilder()
                .setResource(object.key().resource().value())
                .setNamespace(object.key().namespace())
                .setName(object.key().name())
                .setRevision(object.revision().value())
                .setCreated(object.created().value())
                .setUid(object.uid())
                .setGeneration(object.generation())
                .setDocument(UnsafeByteOperations.unsafeWrap(object.document())))
        .build();
  }

  static Done<?> done(DoneWire wire) {
    if (!wire.hasObject()) throw new UndecodableMessage("an answer without its object");
    StoredObjectWire object = wire.getObject();
    ObjectKey key =
        new ObjectKey(
            new ResourceName(object.getResource()), object.getNamespace(), object.getName());
    return new Done<>(
        new StoredObject(
            key,
            new Revision(object.getRevision()),
            new Revision(object.getCreated()),
            object.getUid(),
            object.getGeneration(),
            object.getDocument().toByteArray()));
  }

  static RejectedWire rejected(Rejected<?> rejected) {
    RejectedWire.Builder wire =
        RejectedWire.newBuilder()
            .setReason(reason(rejected.reason()))
            .setMessage(rejected.message());
    for (Cause each : rejected.causes()) {
      wire.addCauses(
          RejectedWire.Cause.newBuilder()
              .setReason(each.reason())
              .setMessage(each.message())
              .setField(each.field()));
    }
    return wire.build();
  }

  static Rejected<?> rejected(RejectedWire wire) {
    return new Rejected<>(
        reason(wire.getReason()),
        wire.getMessage(),
        wire.getCausesList().stream()
            .map(each -> new Cause(each.getReason(), each.getMessage(), each.getField()))
            .toList());
  }

  static TryLaterWire tryLater(TryLater<?> later) {
    return TryLaterWire.newBuilder().setMessage(later.message()).build();
  }

  static TryLater<?> tryLater(TryLaterWire wire) {
    return new TryLater<>(wire.getMessage());
  }

  private static RejectedWire.Reason reason(Verdict.Reason reason) {
    return switch (reason) {
      case BAD_REQUEST -> RejectedWire.Reason.REASON_BAD_REQUEST;
      case UNAUTHORIZED -> RejectedWire.Reason.REASON_UNAUTHORIZED;
      case FORBIDDEN -> RejectedWire.Reason.REASON_FORBIDDEN;
      case NOT_FOUND -> RejectedWire.Reason.REASON_NOT_FOUND;
      case ALREADY_EXISTS -> RejectedWire.Reason.REASON_ALREADY_EXISTS;
      case CONFLICT -> RejectedWire.Reason.REASON_CONFLICT;
      case INVALID -> RejectedWire.Reason.REASON_INVALID;
      case TOO_LARGE -> RejectedWire.Reason.REASON_TOO_LARGE;
    };
  }

  private static Verdict.Reason reason(RejectedWire.Reason wire) {
    return switch (wire) {
      case REASON_BAD_REQUEST -> Verdict.Reason.BAD_REQUEST;
      case REASON_UNAUTHORIZED -> Verdict.Reason.UNAUTHORIZED;
      case REASON_FORBIDDEN -> Verdict.Reason.FORBIDDEN;
      case REASON_NOT_FOUND -> Verdict.Reason.NOT_FOUND;
      case REASON_ALREADY_EXISTS -> Verdict.Reason.ALREADY_EXISTS;
      case REASON_CONFLICT -> Verdict.Reason.CONFLICT;
      case REASON_INVALID -> Verdict.Reason.INVALID;
      case REASON_TOO_LARGE -> Verdict.Reason.TOO_LARGE;
      case REASON_UNSPECIFIED, UNRECOGNIZED ->
          throw new UndecodableMessage("refused for an unknown reason: " + wire);
    };
  }
}
