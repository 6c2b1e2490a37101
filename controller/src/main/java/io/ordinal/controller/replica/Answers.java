package io.ordinal.controller.replica;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.store.DurableWriteRefused;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import java.nio.charset.StandardCharsets;

/** Refusals in the words of Kubernetes. */
final class Answers {
  private Answers() {}

  static Verdict<StoredObject> notFound(ReplicaId replica) {
    return new Verdict.Rejected<>(
        Verdict.Reason.NOT_FOUND, "pods \"" + replica.name() + "\" not found");
  }

  static Verdict<StoredObject> exists(ReplicaId replica) {
    return new Verdict.Rejected<>(
        Verdict.Reason.ALREADY_EXISTS, "pods \"" + replica.name() + "\" already exists");
  }

  static Verdict<StoredObject> modified(ReplicaId replica) {
    return new Verdict.Rejected<>(
        Verdict.Reason.CONFLICT,
        "Operation cannot be fulfilled on pods \""
            + replica.name()
            + "\": the object has been modified; please apply your changes to the latest version"
            + " and try again");
  }

  static Verdict<StoredObject> precondition(
      ReplicaId replica, String what, String wanted, String found) {
    return new Verdict.Rejected<>(
        Verdict.Reason.CONFLICT,
        "Operation cannot be fulfilled on Pod \""
            + replica.name()
            + "\": the "
            + what
            + " in the precondition ("
            + wanted
            + ") does not match the "
            + what
            + " in record ("
            + found
            + "). The object might have been deleted and then recreated");
  }

  static Verdict<StoredObject> ending(ReplicaId replica) {
    return new Verdict.TryLater<>(
        "object is being deleted: pods \"" + replica.name() + "\" already exists");
  }

  /** The order came too late: what it asked to end is gone. */
  static Verdict<StoredObject> goneAlready(ReplicaId replica, String uid) {
    return new Verdict.Done<>(
        new StoredObject(
            ReplicaRecords.pod(replica),
            Revision.ZERO,
            Revision.ZERO,
            uid,
            0,
            "{}".getBytes(StandardCharsets.UTF_8)));
  }

  /** The store did not take it. */
  static Verdict<StoredObject> failed(ReplicaId replica, Throwable cause) {
    if (cause instanceof DurableWriteRefused refused) {
      return new Verdict.Rejected<>(
          Verdict.Reason.CONFLICT,
          "Operation cannot be fulfilled on pods \""
              + replica.name()
              + "\": "
              + refused.getMessage());
    }
    return new Verdict.TryLater<>(
        "pods \"" + replica.name() + "\" could not be written: " + cause.getMessage());
  }
}
