package io.ordinal.controller.replica;

import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.Optional;

/** Decides what a node's word about a life does to a replica. Pure. */
final class Reporting {
  private Reporting() {}

  /** What to do about a report. */
  sealed interface Step {
    <R> R match(Cases<R> cases);
  }

  /** Commit this, then note the report. */
  record Write(ReplicaState next) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.write(this);
    }
  }

  /** Nothing new. */
  record Known() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.known(this);
    }
  }

  /** About a life that is over for good. */
  record Over() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.over(this);
    }
  }

  /** From another session than the one it was placed on: its standing must be looked at. */
  record Elsewhere() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.elsewhere(this);
    }
  }

  /** About a life that this state does not know yet: it may not be the newest state. */
  record UnheardOf() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unheardOf(this);
    }
  }

  interface Cases<R> {
    R write(Write step);

    R known(Known step);

    R over(Over step);

    R elsewhere(Elsewhere step);

    R unheardOf(UnheardOf step);
  }

  static Step take(ReplicaState state, Session session, LifeStatus status, Instant now) {
    int age = status.incarnation().compareTo(state.incarnation());
    if (age > 0 || age == 0 && state instanceof Pending) return new UnheardOf();
    Optional<Stay> stay = state.whereabouts();
    if (age < 0 || stay.isEmpty()) return new Over();
    if (!session.equals(stay.get().session())) return new Elsewhere();
    if (status.version() <= stay.get().noted()) return new Known();
    if (state instanceof Placed placed) {
      return status.phase() == Phase.ENDED
          ? new Write(Ending.byAgent(placed, status, now))
          : new Write(reported(placed, status, now));
    }
    Releasing releasing = (Releasing) state;
    return status.phase() == Phase.ENDED
        ? new Write(Ending.byAgent(releasing, status, now))
        : new Write(
            releasing.reported(
                status.version(), PodStatus.reported(releasing.life().pod(), status, now)));
  }

  private static Placed reported(Placed placed, LifeStatus status, Instant now) {
    Stay stay = placed.stay();
    Fence fence = stay.fence().acknowledged(status.fenced(), status.fenceBasis());
    PodDocument pod = PodStatus.reported(placed.life().pod(), status, now);
    if (!fence.equals(stay.fence())) {
      pod = pod.changed(tree -> Failover.show(tree, fence, now));
    }
    return placed.reported(stay.noted(status.version()).with(fence), pod);
  }
}
