package io.ordinal.controller.replica;

import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import java.time.Instant;
import java.util.Optional;

/** What the end of its session means for a life. Pure. */
final class Afterlife {
  private Afterlife() {}

  /**
   * @param lost whether people should hear of it
   */
  record Move(ReplicaState next, Decision decision, boolean lost) {}

  /**
   * A fenced life has ended, and a kept one by an operator's word; otherwise a kept one goes on
   * under the next session, or waits for it.
   */
  static Optional<Move> of(
      Living state, NodeStanding over, Optional<NodeStanding> next, Instant now) {
    if (state instanceof Placed placed) return of(placed, over, next, now);
    if (state instanceof Releasing releasing) return of(releasing, over, next, now);
    return Optional.empty();
  }

  private static Optional<Move> of(
      Placed placed, NodeStanding over, Optional<NodeStanding> next, Instant now) {
    if (over.standing().frees(placed.stay().fenced())) {
      return Optional.of(new Move(Ending.bySession(placed, over, now), Decision.PLAIN, true));
    }
    if (next.isPresent()) {
      return Optional.of(
          new Move(placed.adopt(next.get().session()), Decision.on(next.get()), false));
    }
    String message = waiting(over.session().node().value());
    PodDocument pod = PodStatus.unheard(placed.life().pod(), message, now);
    if (pod.equals(placed.life().pod())) return Optional.empty();
    return Optional.of(new Move(placed.with(placed.life().with(pod)), Decision.PLAIN, true));
  }

  private static String waiting(String node) {
    return "it is kept, and waits for node "
        + node
        + " to come back; if that machine is off for good: kubectl taint node "
        + (node + " node.kubernetes.io/out-of-service=:NoExecute");
  }

  private static Optional<Move> of(
      Releasing releasing, NodeStanding over, Optional<NodeStanding> next, Instant now) {
    if (over.standing().frees(releasing.stay().fenced())) {
      return Optional.of(new Move(Ending.bySession(releasing, over, now), Decision.PLAIN, true));
    }
    return next.map(found -> new Move(releasing.adopt(found.session()), Decision.on(found), false));
  }
}
