package io.ordinal.agent.host;

import io.ordinal.agent.lifecycle.Fence;
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
 * @param order as it came; whether it is fenced may have changed since
 * @param status the latest that its workload told
 * @param unwanted somebody asked for its end
 * @param fence what its workload was last told; the status says what it has done
 */
record Guest(
    LifeOrder order,
    ActorRef<Workload.Command> workload,
    LifeStatus status,
    boolean unwanted,
    Fence fence) {

  Guest faring(LifeStatus latest) {
    return new Guest(order, workload, latest, unwanted, fence);
  }

  Guest notWanted() {
    return new Guest(order, workload, status, true, fence);
  }

  Guest fencedAs(Fence wanted) {
    return new Guest(order, workload, status, unwanted, wanted);
  }

  /** Whether it must not outlive the lease: it is fenced, or about to be, or not yet kept. */
  boolean mayBeFenced() {
    return fence.fenced() || status.fenced();
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
