package io.ordinal.controller.replica;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a replica is told. Documents are UTF-8 JSON. */
public sealed interface ReplicaCommand {
  ReplicaId replica();

  /**
   * From the set controller: begin a life. Vacant to pending. Pod and missing claims are committed
   * in one transaction. Repeated for a life that has begun already with the same uid: done, nothing
   * changes.
   *
   * @param after the pods whose readiness was waited for: they must still be there, or the order is
   *     void
   * @param pod the complete pod, defaulted, without uid, resourceVersion, creationTimestamp and
   *     status
   * @param claims complete claims (defaulted, without the same fields) to be created where absent,
   *     in namespace of the replica
   */
  record Begin(
      ReplicaId replica,
      Basis basis,
      List<Predecessor> after,
      byte[] pod,
      List<byte[]> claims,
      ActorRef<Verdict<StoredObject>> replyTo)
      implements ReplicaCommand {}

  /** A pod that comes before another in the order of their set. */
  record Predecessor(ReplicaId replica, String podUid) {}

  /**
   * From the set controller: end the life with this pod uid gracefully. Already ending or gone:
   * done.
   */
  record End(
      ReplicaId replica,
      Basis basis,
      String podUid,
      String why,
      ActorRef<Verdict<StoredObject>> replyTo)
      implements ReplicaCommand {}

  /**
   * From the set controller: change the pod's metadata (adopt, release, relabel) and create missing
   * claims.
   *
   * @param pod the pod with the metadata it should have; of its spec only what Kubernetes allows
   *     may differ
   */
  record Amend(
      ReplicaId replica,
      Basis basis,
      Revision expected,
      byte[] pod,
      List<byte[]> claims,
      ActorRef<Verdict<StoredObject>> replyTo)
      implements ReplicaCommand {}

  /**
   * From the API: a bare pod. The document is complete, defaulted and validated, with uid and
   * creationTimestamp.
   */
  record Create(ReplicaId replica, byte[] pod, ActorRef<Verdict<StoredObject>> replyTo)
      implements ReplicaCommand {}

  /**
   * From the API: what a client made of the pod that it read. Metadata (labels, annotations,
   * finalizers, owners, managed fields) and the mutable part of the spec are taken over; status and
   * identity stay the replica's. Removing the last finalizer of an ended pod removes it.
   *
   * @param expected the revision that the client's change was computed on
   */
  record Edit(
      ReplicaId replica, Revision expected, byte[] pod, ActorRef<Verdict<StoredObject>> replyTo)
      implements ReplicaCommand {}

  /**
   * From the API, or from the garbage collector: delete the pod. Answers the pod as it stands
   * afterwards (with deletionTimestamp while it is ending, its last state when it is gone).
   *
   * @param grace empty for the pod's own; zero for SIGKILL now. A second delete may shorten, never
   *     lengthen
   * @param uid precondition
   * @param revision precondition
   */
  record Delete(
      ReplicaId replica,
      Optional<String> uid,
      Optional<Revision> revision,
      Optional<Duration> grace,
      boolean dryRun,
      ActorRef<Verdict<StoredObject>> replyTo)
      implements ReplicaCommand {}

  /**
   * From a node, by way of a front door: how the life fares. Answered once it is durable, or when
   * it is about a life that is over for good.
   */
  record Reported(ReplicaId replica, Session session, LifeStatus status, ActorRef<Noted> replyTo)
      implements ReplicaCommand {}

  /** The report of this version, and all earlier ones, need not be repeated. */
  record Noted(ReplicaId replica, Incarnation incarnation, long version) {}

  /**
   * Something this replica depends on may have changed (a node, a session's standing, a volume).
   * Look again.
   */
  record Wake(ReplicaId replica) implements ReplicaCommand {}

  /** What a replica tells itself; nobody else sends it. */
  non-sealed interface ToItself extends ReplicaCommand, NoSerializationVerificationNeeded {
    @Override
    default ReplicaId replica() {
      throw new UnsupportedOperationException("never sent to another replica: " + this);
    }
  }
}
