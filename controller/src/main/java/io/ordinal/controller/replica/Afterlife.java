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
  static Optional<Move> of(Living state, StandingSight sight, Instant now) {
    if (state instanceof Placed placed) return of(placed, sight, now);
    if (state instanceof Releasing releasing) return of(releasing, sight, now);
    return Optional.empty();
  }

  private static Optional<Move> of(Placed placed, StandingSight sight, Instant now) {
    NodeStanding over = sight.over().orElseThrow();
    if (over.standing().frees(placed.stay().fenced())) {
      return Optional.of(new Move(Ending.bySession(placed, over, now), Decision.PLAIN, true));
    }
    Optional<NodeStanding> next = sight.next();
    if (next.isPresent()) {
      return Optional.of(
          new Move(placed.adopt(next.get().session()), Decision.on(next.get()), false));
    }
    return waiting(placed, sight, now).map(pod -> told(placed.with(placed.life().with(pod))));
  }

  private static Optional<Move> of(Releasing releasing, StandingSight sight, Instant now) {
    NodeStanding over = sight.over().orElseThrow();
    if (over.standing().frees(releasing.stay().fenced())) {
      return Optional.of(new Move(Ending.bySession(releasing, over, now), Decision.PLAIN, true));
    }
    Optional<NodeStanding> next = sight.next();
    if (next.isPresent()) {
      return Optional.of(
          new Move(releasing.adopt(next.get().session()), Decision.on(next.get()), false));
    }
    return waiting(releasing, sight, now)
        .map(pod -> told(releasing.with(releasing.life().with(pod))));
  }

  private static Move told(ReplicaState next) {
    return new Move(next, Decision.PLAIN, true);
  }

  /** The pod with what its life waits for, unless it says so already. */
  private static Optional<PodDocument> waiting(Living state, StandingSight sight, Instant now) {
    PodDocument pod = PodStatus.unheard(state.life().pod(), waiting(sight), now);
    return pod.equals(state.life().pod()) ? Optional.empty() : Optional.of(pod);
  }

  private static String waiting(StandingSight sight) {
    String node = sight.session().node().value();
    String sayOff = "kubectl taint node " + node + " node.kubernetes.io/out-of-service=:NoExecute";
    return sight.other().isEmpty()
        ? "it is kept, and waits for node "
            + node
            + " to come back; if that machine is off for good: "
            + sayOff
        : "it is kept, and may run still: node "
            + node
            + " is back with another state directory, which knows nothing of it. If the directory was"
            + " wiped, or another machine has the name now, make sure that nothing of it runs, then"
            + " say so (the node that is back goes on): "
            + sayOff;
  }
}
