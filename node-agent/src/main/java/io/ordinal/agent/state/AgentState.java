package io.ordinal.agent.state;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.concurrent.CompletionStage;

/**
 * The durable memory of an agent. Stages complete when the word is on disk. Words about one replica
 * take effect in the order in which they were given. Never blocks the caller.
 */
public interface AgentState {
  /** Reads everything back; the first call on an empty directory makes the state's UUID. */
  CompletionStage<Recalled> recall();

  CompletionStage<Void> hold(HeldSession session);

  CompletionStage<Void> save(StoredLife life);

  CompletionStage<Void> remove(LifeName life);

  /** This incarnation and all lower ones never start here. Never lowers. */
  CompletionStage<Void> raiseFloor(ReplicaId replica, Incarnation floor);
}
