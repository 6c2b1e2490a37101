package io.ordinal.controller.replica;

import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.protocol.agent.LifeStatus;
import java.time.Duration;
import java.time.Instant;

/** What becomes of a life that is proven to have ended. Pure. */
final class Ending {
  private Ending() {}

  /** By the agent's word: a deleted pod goes, another one stays as Succeeded or Failed. */
  static ReplicaState byAgent(Releasing releasing, LifeStatus last, Instant now) {
    PodDocument pod = PodStatus.reported(releasing.life().pod(), last, now);
    ProofOfEnd proof = new ProofOfEnd.AgentsWord(releasing.stay().session(), last.incarnation());
    return Deletion.settled(releasing.gone(proof, pod));
  }

  /** A life that nobody had told to end. */
  static ReplicaState byAgent(Placed placed, LifeStatus last, Instant now) {
    return byAgent(placed.release(now, placed.life().pod()), last, now);
  }

  /** A fenced life whose session is over. The pod of a set goes, so that the set may begin anew. */
  static ReplicaState bySession(Releasing releasing, NodeStanding over, Instant now) {
    String message = "node " + over.session().node() + " was lost (" + over.standing() + ")";
    PodDocument pod = PodStatus.lost(releasing.life().pod(), "NodeLost", message, now);
    if (ofSet(releasing) && pod.object().deletionTimestamp().isEmpty()) {
      pod = Deletion.marked(pod, now, Duration.ZERO);
    }
    ProofOfEnd proof = new ProofOfEnd.SessionOver(over.session(), over.standing());
    return Deletion.settled(releasing.gone(proof, pod));
  }

  static ReplicaState bySession(Placed placed, NodeStanding over, Instant now) {
    return bySession(placed.release(now, placed.life().pod()), over, now);
  }

  private static boolean ofSet(Living state) {
    return state
        .life()
        .pod()
        .object()
        .controller()
        .filter(owner -> owner.kind().equals("StatefulSet"))
        .isPresent();
  }
}
