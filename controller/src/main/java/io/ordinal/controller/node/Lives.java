package io.ordinal.controller.node;

import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What the front door needs of the replicas. */
public interface Lives {
  /**
   * A linearizable read begun after this call: the order for this life if the log has it placed on
   * this session, otherwise nothing (it must never start there). Fails when the store cannot tell,
   * or when something that the order needs (a ConfigMap, a Secret) is missing, with an {@link
   * OrderIncomplete}.
   */
  CompletionStage<Optional<LifeOrder>> confirm(
      Session session, ReplicaId replica, Incarnation incarnation);

  /**
   * By a linearizable read: the files of this life that age, made anew; none when it is not there
   * any more. Fails like {@link #confirm}.
   */
  CompletionStage<List<VolumeOrder.Files>> renewed(
      Session session, ReplicaId replica, Incarnation incarnation);

  /**
   * Completes once the status is durable, or known to be about a life that is over; fails when that
   * is not known.
   */
  CompletionStage<Void> report(Session session, LifeStatus status);

  /** The session's standing has changed: every replica with a life there should look. */
  void standingChanged(Session session);

  /**
   * Whether the log has this life on this state directory, and as fenced only if it is, so that
   * what it reports can be put right. Asked after a restore from a backup.
   */
  boolean known(View view, Hello hello, LifeStatus life);

  /** Numbers of the sessions that some life is placed on: their records must stay. */
  Set<Long> inhabited(View view);

  /** What is missing, in the words of Kubernetes: {@code configmap "x" not found}. */
  final class OrderIncomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OrderIncomplete(String message) {
      super(message);
    }
  }
}
