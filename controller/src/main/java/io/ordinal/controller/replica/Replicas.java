package io.ordinal.controller.replica;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Reaches every replica by its identity, wherever its actor lives. */
public interface Replicas {
  void tell(ReplicaCommand command);

  /**
   * Asks and waits for the answer; completes exceptionally with a TimeoutException when none comes
   * in time.
   */
  <R> CompletionStage<R> ask(Function<ActorRef<R>, ReplicaCommand> command);
}
