package io.ordinal.agent.host;

import io.ordinal.agent.workload.Workload;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.agent.VolumeOrder;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A life that this node hosts.
 *
 * @param status the latest that its workload told
 * @param unwanted somebody asked for its end
 */
record Guest(
    LifeOrder order, ActorRef<Workload.Command> workload, LifeStatus status, boolean unwanted) {

  Guest faring(LifeStatus latest) {
    return new Guest(order, workload, latest, unwanted);
  }

  Guest notWanted() {
    return new Guest(order, workload, status, true);
  }

  boolean ended() {
    return status.phase() == Phase.ENDED;
  }

  /** Whether a process of it may have this volume. */
  boolean uses(String volume) {
    boolean mounts =
        order.volumes().stream()
            .anyMatch(
                each ->
                    each instanceof VolumeOrder.Claimed claimed && claimed.volume().equals(volume));
    return mounts && !ended();
  }

  /**
   * Whether nothing of it is needed once its end is noted. What ended by itself keeps its logs
   * until it is stopped or followed by another life; under ALWAYS nothing ends by itself.
   */
  boolean leavesNothing() {
    return unwanted || order.restartPolicy() == RestartPolicy.ALWAYS;
  }
}
