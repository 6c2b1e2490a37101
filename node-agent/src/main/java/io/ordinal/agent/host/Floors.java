package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.HashMap;
import java.util.Map;

/**
 * Which lives must never start here: those up to a floor of their identity, also while the floor is
 * still on its way to the disk.
 */
final class Floors {
  private final Map<ReplicaId, Incarnation> onDisk;
  private final Map<ReplicaId, Incarnation> wanted = new HashMap<>();

  Floors(Map<ReplicaId, Incarnation> onDisk) {
    this.onDisk = new HashMap<>(onDisk);
  }

  /** From now on nothing is hosted below it. */
  void wanted(LifeName life) {
    raise(wanted, life);
  }

  void written(LifeName life) {
    raise(onDisk, life);
    raise(wanted, life);
  }

  /** Whether the end of this life may be told: it is durable that it never starts here. */
  boolean over(LifeName life) {
    return below(onDisk, life);
  }

  /** Whether the life must not be hosted, durably or soon so. */
  boolean forbid(LifeName life) {
    return below(onDisk, life) || below(wanted, life);
  }

  private static boolean below(Map<ReplicaId, Incarnation> floors, LifeName life) {
    return !life.incarnation().isAfter(floors.getOrDefault(life.replica(), Incarnation.NONE));
  }

  private static void raise(Map<ReplicaId, Incarnation> floors, LifeName life) {
    floors.merge(life.replica(), life.incarnation(), (was, now) -> now.isAfter(was) ? now : was);
  }
}
